/** What every door does the same, shown on a second door that the product does not have (F3). */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Fact } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { readIgnored } from '../../warehouse/read/sources.ts';
import { answerFaults } from '../../workers/http.ts';
import { defineDoor } from '../../workers/ingest/doors/door.ts';
import resend from '../../workers/ingest/doors/resend/index.ts';
import { signedText } from '../../workers/ingest/doors/signed-text.ts';
import { type Env, parseConfig } from '../../workers/ingest/env.ts';
import { webhookRoutes } from '../../workers/ingest/receive.ts';
import { replay } from '../../workers/ingest/replay.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const accounts = z.record(z.string(), z.string().min(8, 'a key of at least 8 characters'));
const sign = (key: string, body: string) => createHmac('sha256', key).update(body).digest('hex');

/** Two accounts, batches of events, and a challenge to answer. */
const toy = defineDoor({
  name: 'toy',
  provider: 'toy',
  secrets: {
    TOY_ACCOUNTS: z
      .string()
      .transform((text) => accounts.parse(JSON.parse(text)))
      .describe('{"account": "its signing key"}'),
  },
  accounts: ({ TOY_ACCOUNTS }) => Object.keys(TOY_ACCOUNTS),
  webhook: {
    maxBytes: 1000,
    async verify(request, { TOY_ACCOUNTS }) {
      const body = await signedText(request);
      const given = request.headers.get('toy-signature');
      const found = Object.entries(TOY_ACCOUNTS).find(([, key]) => sign(key, body) === given);
      if (!found) throw new Fault('bad_signature', 'the signature fits no account');
      const { challenge, events = [] } = JSON.parse(body);
      if (challenge) return { events: [], answer: { challenge } };
      const [account] = found;
      return {
        events: events.map((event: { id: string }) => ({
          id: event.id,
          account,
          body: JSON.stringify(event),
        })),
      };
    },
  },
  typeOf: ({ body }) => JSON.parse(body).type,
  facts({ id, account, body }, now): Fact[] {
    const { name, type, at = now } = JSON.parse(body);
    if (type) return [];
    if (name === 'busy') throw new Fault('storage_busy', 'send it again');
    if (name === unknownName) throw new Fault('unknown_event', `nobody is called ${name}`);
    const contact = { kind: 'email' as const, value: `${name.toLowerCase()}@x.test` };
    return [
      {
        kind: 'contact',
        provider: 'toy',
        account,
        contact,
        identities: [contact],
        thing_key: `toy:${account}:${id}`,
        observation_key: id,
        observed_at: at,
        stated: { full_name: name },
      },
    ];
  },
});
/** The name that the door cannot read, as long as it has not learnt to. */
let unknownName: string | undefined = 'Zed';

const NOW = Date.UTC(2026, 5, 1);
const TOY_ACCOUNTS = JSON.stringify({ main: 'key-of-main', sales2: 'key-of-sales2' });
const { db, close } = sqliteD1();
const env = {
  DB: db,
  CACHE: {},
  ANALYTICS: { writeDataPoint() {} },
  FACT_QUEUE: { send: () => Promise.reject(new Error('the queue is away')) },
  HOUSE_ID: 'test-house',
  API_TOKEN: 'test-token',
  CONTACT_KEY_SECRET: 'test-contact-key-secret',
  NOW: String(NOW),
  TOY_ACCOUNTS,
} as unknown as Env;

const doors = [resend, toy];
const routes = webhookRoutes(doors).onError(answerFaults());
const post = (path: string, body: string, key = 'key-of-main', given: Env = env) =>
  routes.request(
    path,
    { method: 'POST', body, headers: { 'toy-signature': sign(key, body) } },
    given,
  );
const events = (...names: (string | number)[]) =>
  JSON.stringify({ events: names.map((name) => ({ id: `evt_${name}`, name })) });
const rows = async (sql: string) => (await db.prepare(sql).all()).results;
const waiting = () =>
  rows(
    `select door, account, delivery_id, fault, reason from dead_events
     where replayed_at is null order by delivery_id`,
  );

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  return ensureHouse(db, parseConfig(env));
});
afterAll(() => {
  vi.restoreAllMocks();
  close();
});

it('reads a batch event by event: what it cannot read waits, the rest lands', async () => {
  const answer = await post('/toy', events('Ana', 'Zed', 7, 'Bo'), 'key-of-sales2');
  expect([answer.status, await answer.json()]).toEqual([200, { received: 4 }]);
  expect(await rows('select full_name from contacts order by full_name')).toEqual([
    { full_name: 'Ana' },
    { full_name: 'Bo' },
  ]);
  const here = { door: 'toy', account: 'sales2' };
  expect(await waiting()).toEqual([
    {
      ...here,
      delivery_id: 'evt_7',
      fault: 'internal',
      reason: 'the house failed to read it; the log says where',
    },
    {
      ...here,
      delivery_id: 'evt_Zed',
      fault: 'unknown_event',
      reason: 'nobody is called Zed',
    },
  ]);
});

it('replays an event by the door and the account that are stored with it', async () => {
  unknownName = undefined;
  const all = { after: '', only: null };
  expect(await replay(env, [resend], all, NOW)).toMatchObject({
    replayed: 0,
    waiting: [
      { reason: 'this house has no door called toy' },
      { reason: 'this house has no door called toy' },
    ],
  });
  expect(await waiting()).toMatchObject([
    { reason: 'this house has no door called toy' },
    { reason: 'this house has no door called toy' },
  ]);
  expect(await replay(env, doors, all, NOW)).toMatchObject({ replayed: 1 });
  expect(
    await rows(
      `select provider, account, observation_key from observations
       where stated like '%Zed%'`,
    ),
  ).toEqual([{ provider: 'toy', account: 'sales2', observation_key: 'evt_Zed' }]);
});

it('leaves what waits at a door that is off, and says how to switch it on', async () => {
  const off = { ...env, TOY_ACCOUNTS: '' } as unknown as Env;
  expect(await replay(off, doors, { after: '', only: null }, NOW)).toMatchObject({
    replayed: 0,
    waiting: [{ reason: expect.stringMatching(/^TOY_ACCOUNTS is not set, .*\/toy is off\./) }],
  });
});

it('refuses a whole delivery that a retry can mend, and one that is signed by nobody', async () => {
  expect((await post('/toy', events('Cy', 'busy'))).status).toBe(503);
  expect((await post('/toy', events('Cy'), 'key-of-nobody')).status).toBe(401);
  expect((await post('/toy', events('Cy'.repeat(1000)))).status).toBe(413);
  expect(await rows("select 1 from contacts where full_name = 'Cy'")).toEqual([]);
});

it('stores no fact outside the calendar, whatever the door', async () => {
  const event = { id: 'evt_old', name: 'Old', at: -62_135_596_800_000 };
  await post('/toy', JSON.stringify({ events: [event] }));
  expect(await waiting()).toContainEqual(
    expect.objectContaining({
      delivery_id: 'evt_old',
      account: 'main',
      reason: expect.stringMatching(/^observed_at: /),
    }),
  );
});

it('counts events that hold no fact by their type, and keeps nothing else of them', async () => {
  const quiet = (id: string) => ({ id, type: 'toy.moved' });
  const body = JSON.stringify({ events: [quiet('q1'), quiet('q2'), { id: 'a', name: 'Eve' }] });
  const before = await waiting();
  expect((await post('/toy', body)).status).toBe(200);
  expect((await post('/toy', body)).status).toBe(200);
  expect(await readIgnored(db)).toEqual([
    { door: 'toy', event_type: 'toy.moved', events: 4, last_seen_at: NOW },
  ]);
  expect(await waiting()).toEqual(before);
});

it('gives the provider the answer that it asks for', async () => {
  const answer = await post('/toy', '{"challenge":"abc"}');
  expect(await answer.json()).toEqual({ challenge: 'abc' });
});

it('is off without its secret, names it, and leaves the other doors on', async () => {
  const answer = await post('/resend', '{}');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({
    error: 'config',
    message: expect.stringMatching(
      new RegExp(
        '^RESEND_WEBHOOK_SECRET is not set, so POST /webhooks/resend is off\\. ' +
          '.*wrangler secret put',
      ),
    ),
  });
  const malformed = { ...env, RESEND_WEBHOOK_SECRET: 'whsec_short' } as unknown as Env;
  const refused = await post('/resend', '{}', 'x', malformed);
  expect([refused.status, await refused.json()]).toMatchObject([
    503,
    { message: expect.stringMatching(/^RESEND_WEBHOOK_SECRET: .*at least 24 bytes/) },
  ]);
  expect((await post('/toy', events('Di'), 'key-of-main', malformed)).status).toBe(200);
});
