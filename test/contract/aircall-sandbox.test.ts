/**
 * A seeded fortnight of two Aircall companies, polled and sent by webhook at once, with refusals,
 * lost connections, late, lost and repeated events, and runs that are killed: what the house then
 * says of every lead is what the double's own truth says (A1, A2, G3, R2, V11).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { HOUR, MINUTE } from '../../core/durations.ts';
import { render } from '../../sql/render.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import aircall from '../../workers/ingest/doors/aircall/index.ts';
import type { Env } from '../../workers/ingest/env.ts';
import { runPoll } from '../../workers/ingest/polls/run.ts';
import { webhookRoutes } from '../../workers/ingest/receive.ts';
import { importCsv } from '../csv-import.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';
import {
  type CallsSandbox,
  callsSandboxIsHere,
  SEED,
  startCallsSandbox,
  WHY_SKIPPED,
} from './calls-sandbox.ts';

const LEADS = process.env.FULL ? 200 : 70;
/** How often the house polls: as in life, or for a quick test less often. */
const STEP = process.env.FULL ? 15 * MINUTE : 12 * HOUR;
const UNTIL = Date.parse('2026-11-28T12:00:00Z');
const FORTNIGHT = 14 * 24 * HOUR;

const faults = [
  { match: { method: 'GET', path: '/v1/**' }, every: 5, kind: 'status:429' },
  { match: { method: 'GET', path: '/v1/**' }, every: 7, kind: 'drop-before' },
  { match: { method: 'GET', path: '/v1/**' }, every: 11, kind: 'drop-after' },
  { match: { method: 'SEND', path: '/**' }, every: 3, kind: 'drop-before' },
  { match: { method: 'SEND', path: '/**' }, every: 4, kind: 'drop-after' },
];

type Call = { account: string; callId: number; class: string; startedAt: string; duration: number };
type Lead = {
  id: string;
  phone: string;
  source: 'discord' | 'csv';
  leadAddedAt: string;
  attempts: number;
  connectedAttempts: number;
  firstPhoneAttemptAt: string | null;
  speed: { row: string; seconds: number | null };
  dangerIfUnpaid: boolean;
  calls: Call[];
};
type Truth = { leads: Lead[]; strangers: { rawDigits: string }[] };

describe.skipIf(!callsSandboxIsHere)(`Aircall's double (${WHY_SKIPPED})`, () => {
  let sandbox: CallsSandbox;
  let truth: Truth;
  let now = UNTIL - FORTNIGHT;
  let accounts: object[] = [];
  const house = sqliteD1();
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-aircall-'));
  const env = (): Env =>
    ({
      DB: house.db,
      CACHE: {},
      ANALYTICS: { writeDataPoint() {} },
      FACT_QUEUE: { send: () => Promise.reject(new Error('the queue is away')) },
      HOUSE_ID: 'test-house',
      API_TOKEN: 'test-token',
      CONTACT_KEY_SECRET: 'test-contact-key-secret',
      DEFAULT_COUNTRY: 'GB',
      AIRCALL_API_ROOT: sandbox.url,
      AIRCALL_ACCOUNTS: JSON.stringify(accounts),
      NOW: String(now),
    }) as unknown as Env;
  const rows = async (sql: string) =>
    (await house.db.prepare(render(sql, { as_of: UNTIL })).all<Record<string, unknown>>()).results;

  const received: number[] = [];
  const receiver = createServer(async (request, response) => {
    const answer = await webhookRoutes([aircall]).request(
      '/aircall',
      { method: 'POST', body: await text(request) },
      env(),
    );
    received.push(answer.status);
    response.writeHead(answer.status).end();
  });

  beforeAll(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    sandbox = await startCallsSandbox();
    const options = {
      url: sandbox.url,
      leads: LEADS,
      seed: 7,
      until: new Date(UNTIL).toISOString(),
      clock: 'start',
      out: join(folder, 'truth.json'),
      csv: join(folder, 'leads.csv'),
    };
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`]);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/aircall`;
    for (const name of ['main', 'sales2']) {
      const hook = { account: name, url };
      const made = await sandbox.control<{ token: string }>('POST', '/__aircall/webhooks', hook);
      const key = { api_id: `${name}-id`, api_token: `${name}-token` };
      accounts = [...accounts, { name, ...key, webhook_token: made.token }];
    }
    execFileSync(process.execPath, [SEED, ...flags], { stdio: 'ignore' });
    truth = JSON.parse(readFileSync(options.out, 'utf8')) as Truth;
    await ensureHouse(house.db, factsConfig(env()));
    await sandbox.control('POST', '/__faults', faults);
    await sandbox.control('POST', '/__deliveries', { duplicate: 0.3, reorder: true, seed: 7 });
    await replay(readFileSync(options.csv, 'utf8'));
  }, 3_600_000);
  afterAll(() => {
    receiver.close();
    sandbox?.close();
    house.close();
    rmSync(folder, { recursive: true });
    vi.restoreAllMocks();
  });

  /** Steps both clocks; every third run is killed before a place is kept. The leads come late. */
  async function replay(csv: string): Promise<void> {
    const prepare = house.db.prepare.bind(house.db);
    const steps = FORTNIGHT / STEP;
    for (let step = 1; step <= steps; step += 1) {
      now += STEP;
      if (step === Math.floor(steps / 2)) await importLeads(csv);
      if (step === steps) await sandbox.control('POST', '/__faults', []);
      await sandbox.control('POST', '/__clock', { set: now });
      let kept = 0;
      if (step % 3 === 0)
        house.db.prepare = (sql: string) => {
          if (/into "?polls/.test(sql) && kept++ === step % 4) throw new Error('killed');
          return prepare(sql);
        };
      await runPoll(env(), aircall).catch(() => {});
      house.db.prepare = prepare;
    }
    for (const { is_idle } of await runPoll(env(), aircall)) expect(is_idle).toBe(true);
  }

  async function importLeads(csv: string): Promise<void> {
    const context = { now: UNTIL, observedAt: UNTIL, defaultCountry: 'GB' };
    const { facts, rejects } = importCsv('contacts', csv, {}, context as never);
    expect(rejects).toEqual([]);
    await writeFacts(house.db, facts, factsConfig(env()));
  }

  it('agrees on the attempts, the first one, speed and danger of every lead', async () => {
    const found = await rows(`
      select identity.value as id, bucket as speed_row, wall_ms,
        (select count(*) from int_call_attempts as a where a.contact_id = s.contact_id) as attempts,
        (select coalesce(sum(is_connected), 0) from int_call_attempts as a
          where a.contact_id = s.contact_id) as connected,
        (select min(attempted_at) from int_call_attempts as a
          where a.contact_id = s.contact_id) as first_at
      from int_speed_to_lead as s
      join (select contact_id as of_contact, kind, value from identities) as identity
        on identity.of_contact = s.contact_id and identity.kind = 'external'`);
    const byId = new Map(found.map((row) => [row.id, row]));
    const wanted = truth.leads.filter(({ source }) => source === 'csv');
    expect(byId.size).toBe(wanted.length);
    const told = wanted.map((lead) => ({
      id: lead.id,
      speed_row: lead.speed.row,
      wall_ms: lead.speed.seconds === null ? null : lead.speed.seconds * 1000,
      attempts: lead.attempts,
      connected: lead.connectedAttempts,
      first_at: lead.firstPhoneAttemptAt && Date.parse(lead.firstPhoneAttemptAt),
    }));
    expect(wanted.map(({ id }) => byId.get(id))).toEqual(told);
  });

  it('agrees on the class, the start and the length of every call, each once', async () => {
    const found = await rows(
      `select value as phone, class, started_at, coalesce(duration_s, 0) as duration
       from stg_calls join identities on identities.contact_id = stg_calls.contact_id
       where identities.kind = 'phone'`,
    );
    const told = truth.leads
      .filter(({ source }) => source === 'csv')
      .flatMap(({ phone, calls }) =>
        calls
          .filter(({ startedAt }) => Date.parse(startedAt) <= UNTIL)
          .map((call) => ({
            phone,
            class: call.class,
            started_at: Date.parse(call.startedAt),
            duration: call.duration,
          })),
      );
    const inOrder = (calls: object[]) => calls.map((call) => JSON.stringify(call)).sort();
    expect(inOrder(found)).toEqual(inOrder(told));
  });

  it('makes no lead of strangers, and keeps their calls and those of leads to come', async () => {
    const [{ contacts } = {}] = await rows('select count(*) as contacts from stg_contacts');
    expect(contacts).toBe(truth.leads.filter(({ source }) => source === 'csv').length);
    const { results } = await house.db
      .prepare(
        `select distinct address, fact ->> 'thing_key' as thing from waiting_facts
         where address_kind = 'phone'`,
      )
      .all<{ address: string; thing: string }>();
    const later = truth.leads.filter(({ source }) => source === 'discord');
    for (const { phone, calls } of later)
      expect(results.filter(({ address }) => address === phone)).toHaveLength(calls.length);
    expect(await rows('select door, reason from dead_events')).toEqual([]);
  });

  it('answered every event', () => {
    expect(received.length).toBeGreaterThan(LEADS);
    expect(new Set(received)).toEqual(new Set([200]));
  });
});
