/** What waits, by the API: shown whole, discarded, and brought back under its own id (F1, F3). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { buryEvents } from '../../warehouse/write/dead-events.ts';
import { app } from '../../workers/api/index.ts';
import type { Door } from '../../workers/ingest/doors/door.ts';
import { type Env, parseConfig } from '../../workers/ingest/env.ts';
import { replay } from '../../workers/ingest/replay.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const NOW = Date.UTC(2026, 5, 1);
const { db, close } = sqliteD1();
const env = {
  DB: db,
  HOUSE_ID: 'test-house',
  API_TOKEN: 'test-token',
  CONTACT_KEY_SECRET: 'test-contact-key-secret',
  NOW: String(NOW),
} as unknown as Env;

type Body = { rows: { dead_id: string }[] };
const ask = async (path: string, method = 'GET'): Promise<[number, Body]> => {
  const headers = { authorization: 'Bearer test-token' };
  const answer = await app.request(path, { method, headers }, env);
  return [answer.status, await answer.json()];
};
const call: Fact = {
  kind: 'call',
  provider: 'api',
  contact: { kind: 'external', value: 'crm-7' },
  thing_key: 'k7',
  observation_key: 'o7',
  observed_at: NOW - 1000,
  stated: { started_at: NOW - 1000 },
};
/** A product is stated nowhere. */
const purchase: Fact = {
  ...call,
  kind: 'purchase',
  contact: { kind: 'email', value: 'ana@x.test' },
  thing_key: 'p1',
  stated: { purchased_at: NOW - 1000, amount_minor: 100, currency: 'EUR' },
};
const toy: Door = {
  name: 'toy',
  provider: 'toy',
  secrets: {},
  facts: ({ id }) => [{ ...call, observation_key: id }],
};

beforeAll(async () => {
  const config = parseConfig(env);
  await ensureHouse(db, config);
  await landFacts(db, [call, purchase], config);
  const dead = { door: 'toy', fault: 'unknown_event', reason: 'not read', body: '{"a":1}' };
  await buryEvents(db, [{ ...dead, account: 'main', delivery_id: 'evt_1' }], NOW);
});
afterAll(close);

it('shows an event in quarantine whole, ends its wait once, and lets replay name it', async () => {
  const [, { rows }] = await ask('/api/list/dead-events?status=waiting');
  expect(rows).toMatchObject([{ door: 'toy', account: 'main', reason: 'not read' }]);
  const only = rows[0]!.dead_id;
  const path = `/api/dead-events/${only}`;
  expect(await ask(path)).toMatchObject([200, { delivery_id: 'evt_1', body: '{"a":1}' }]);
  expect(await ask(`${path}/discard`, 'POST')).toEqual([200, { discarded: 1 }]);
  expect(await ask(`${path}/discard`, 'POST')).toMatchObject([404, { error: 'not_found' }]);
  expect(await ask('/api/list/dead-events?status=waiting')).toEqual([200, { rows: [] }]);
  expect(await ask(path)).toMatchObject([200, { discarded_at: NOW }]);
  expect(await replay(env, [toy], { after: '', only: null }, NOW)).toMatchObject({ replayed: 0 });
  expect(await replay(env, [toy], { after: '', only }, NOW)).toMatchObject({ replayed: 1 });
  expect(await ask('/api/list/dead-events?status=replayed')).toMatchObject([200, { rows: [{}] }]);
  expect(await ask('/api/waiting/call%20k7%20evt_1')).toMatchObject([200, { kind: 'call' }]);
});

it('shows what a fact waits for, and moves it to quarantine and back', async () => {
  expect(await ask('/api/waiting/call%20k7%20o7')).toMatchObject([
    200,
    { waits_for: 'contact', address: 'crm-7', facts: [{ observation_key: 'o7' }] },
  ]);
  expect(await ask('/api/waiting/purchase%20p1')).toMatchObject([
    200,
    { waits_for: 'product', facts: [{ stated: { amount_minor: 100 } }] },
  ]);
  for (const key of ['call%20k7%20o7', 'purchase%20p1'])
    expect(await ask(`/api/waiting/${key}/discard`, 'POST')).toEqual([200, { discarded: 1 }]);
  const [, { rows }] = await ask('/api/list/dead-events?status=discarded');
  expect(rows).toHaveLength(2);
  expect(await ask('/api/waiting/purchase%20p1')).toMatchObject([404, { error: 'not_found' }]);
  for (const { dead_id: only } of rows)
    expect(await replay(env, [], { after: '', only }, NOW)).toMatchObject({ replayed: 1 });
  expect(await ask('/api/waiting/purchase%20p1')).toMatchObject([200, { waits_for: 'product' }]);
  expect(await ask('/api/waiting/call%20k7%20o7')).toMatchObject([200, { address: 'crm-7' }]);
});

it('is refused a whole thing, which does not wait', async () => {
  expect(await ask('/api/waiting/contact%201/discard', 'POST')).toMatchObject([404, {}]);
});
