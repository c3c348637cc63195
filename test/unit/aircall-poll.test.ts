/** The poll of Aircall: no call is lost and none doubled, however it changes (A1, F1, V11). */
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import type { Observation } from '../../core/facts/fact.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { readPolls } from '../../warehouse/polls.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import aircall from '../../workers/ingest/doors/aircall/index.ts';
import { type Env, parseConfig } from '../../workers/ingest/env.ts';
import { runPoll } from '../../workers/ingest/polls/run.ts';
import { fakeAccount, fakeAircall, fakeCall } from '../fakes/aircall.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const START = Date.UTC(2026, 10, 20, 12);
const seconds = (ms: number) => Math.floor(ms / 1000);
const [main, sales2] = [fakeAccount('main'), fakeAccount('sales2')];
const accounts = [main, sales2];
const { handlers, asked } = fakeAircall(accounts);
const server = setupServer(...handlers);
let now: number;
let house: ReturnType<typeof sqliteD1>;
let settings: object;
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
    AIRCALL_ACCOUNTS: JSON.stringify(accounts.map(({ calls: _, ...account }) => account)),
    AIRCALL_LEADS_PER_RUN: '0',
    NOW: String(now),
    ...settings,
  }) as unknown as Env;

/** Runs until nothing is left for any account; the facts that it found. */
async function poll(): Promise<number> {
  for (let facts = 0; ; ) {
    const reports = await runPoll(env(), aircall);
    facts += reports.reduce((sum, report) => sum + report.facts, 0);
    expect(reports.map(({ failure }) => failure)).toEqual(reports.map(() => null));
    if (reports.every(({ is_idle }) => is_idle)) return facts;
  }
}

const phoneOf = (number: number): string => `+4420794600${String(number).padStart(2, '0')}`;

/** Leads with the numbers 0 to `count - 1`. */
async function addLeads(count: number, from = 0): Promise<void> {
  const facts = Array.from({ length: count }, (_, index): Observation => {
    const contact = { kind: 'phone' as const, value: phoneOf(from + index) };
    const thing_key = `phone:${contact.value}`;
    return {
      kind: 'contact',
      provider: 'csv',
      contact,
      identities: [contact],
      thing_key,
      observation_key: thing_key,
      observed_at: START - 30 * DAY,
      stated: { lead_added_at: START - 30 * DAY },
    };
  });
  await writeFacts(house.db, facts, parseConfig(env()));
}

const rows = async <T = Record<string, unknown>>(sql: string): Promise<T[]> =>
  (await house.db.prepare(sql).all<T>()).results;
const calls = () =>
  rows(`select class, duration_s, agent_id, notes, started_at from calls order by started_at`);

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  server.listen({ onUnhandledFrame: 'error' });
});
beforeEach(async () => {
  now = START;
  settings = {};
  house = sqliteD1();
  await ensureHouse(house.db, parseConfig(env()));
  asked.length = 0;
  for (const account of accounts) account.calls = [];
});
afterEach(() => {
  server.resetHandlers();
  house.close();
});
afterAll(() => {
  server.close();
  vi.restoreAllMocks();
});

it('takes the calls of both accounts, though they use the same ids', async () => {
  await addLeads(2);
  main.calls = [fakeCall(1, seconds(START) - 3600, { raw_digits: phoneOf(0) })];
  sales2.calls = [fakeCall(1, seconds(START) - 3600, { raw_digits: phoneOf(1) })];
  expect(await poll()).toBe(2);
  expect(await rows('select contact_id, class from calls')).toEqual([
    { contact_id: 1, class: 'done' },
    { contact_id: 2, class: 'done' },
  ]);
});

it('follows a call to its end and its recording, and reads on only what changed', async () => {
  await addLeads(1);
  const start = seconds(START) - 30;
  const set = (more: object): void => {
    main.calls = [fakeCall(1, start, { raw_digits: phoneOf(0), recording: null, ...more })];
  };
  const seen = async (later: number) => {
    now += later;
    const facts = await poll();
    const [call] = await calls();
    return [facts, call!.class, call!.duration_s, call!.agent_id];
  };
  set({ ended_at: null, duration: 0, user: null });
  expect(await seen(0)).toEqual([1, 'voicemail', null, null]);
  set({ duration: 60, ended_at: start + 60, started_at: start - 1 });
  expect(await seen(15 * MINUTE)).toEqual([1, 'voicemail', 60, 'ana-silva']);
  expect(await seen(15 * MINUTE)).toEqual([0, 'voicemail', 60, 'ana-silva']);
  set({ duration: 61, ended_at: start + 61, cost: '0.3', user: null });
  expect(await seen(15 * MINUTE)).toEqual([1, 'voicemail', 61, 'ana-silva']);
  const recorded = { duration: 61, ended_at: start + 61, recording: 'https://media.example/1' };
  set(recorded);
  expect(await seen(23 * HOUR)).toEqual([1, 'done', 61, 'ana-silva']);
  // The link is another one each time; a recording that was deleted was still there.
  set({ ...recorded, recording: 'https://media.example/2' });
  expect(await seen(15 * MINUTE)).toEqual([0, 'done', 61, 'ana-silva']);
  set({ ...recorded, recording: null });
  expect(await seen(15 * MINUTE)).toEqual([1, 'done', 61, 'ana-silva']);
});

it('shows a tag that was taken off and put on again', async () => {
  await addLeads(1);
  for (const tags of [['trial'], [], ['trial']]) {
    const named = tags.map((name) => ({ name }));
    main.calls = [fakeCall(1, seconds(START), { raw_digits: phoneOf(0), tags: named })];
    await poll();
    now += 15 * MINUTE;
  }
  expect(await calls()).toMatchObject([{ notes: 'Tags: trial' }]);
});

it('loses and doubles nothing, killed at each page and with a run beside it', async () => {
  await addLeads(50);
  const history = Array.from({ length: 170 }, (_, index) =>
    fakeCall(index + 1, seconds(START) - 100_000 + 500 * index, {
      raw_digits: phoneOf(index % 60),
    }),
  );
  const known = history.filter((_, index) => index % 60 < 50).length;
  main.calls = history;
  sales2.calls = history;
  const prepare = house.db.prepare.bind(house.db);
  for (let kills = 0; kills < 12; kills += 1) {
    let kept = 0;
    house.db.prepare = (sql: string) => {
      if (/into "?polls/.test(sql) && kept++ === kills % 3) throw new Error('killed');
      return prepare(sql);
    };
    await Promise.allSettled([runPoll(env(), aircall), runPoll(env(), aircall)]);
    now += 1000;
  }
  house.db.prepare = prepare;
  await poll();
  expect(await rows('select count(*) as calls from calls')).toEqual([{ calls: 2 * known }]);
  expect(await rows(`select count(*) as facts from observations where kind = 'call'`)).toEqual([
    { facts: 2 * known },
  ]);
  expect(await rows('select count(*) as facts from waiting_facts')).toEqual([
    { facts: 2 * (history.length - known) },
  ]);
});

it('reads more calls of one second than a page holds', async () => {
  await addLeads(1);
  main.calls = Array.from({ length: 120 }, (_, index) =>
    fakeCall(index + 1, seconds(START) - 60, { raw_digits: phoneOf(0) }),
  );
  await poll();
  expect(await calls()).toHaveLength(120);
});

it('makes no lead of a stranger, and counts the calls once one is added', async () => {
  main.calls = [
    fakeCall(1, seconds(START) - 60, { raw_digits: phoneOf(0), direction: 'inbound' }),
    fakeCall(2, seconds(START) - 50, { raw_digits: phoneOf(0) }),
    fakeCall(3, seconds(START) - 40, { raw_digits: 'anonymous' }),
  ];
  await poll();
  now += 15 * MINUTE;
  await poll();
  expect(await rows('select contact_id from contacts')).toEqual([]);
  expect(await rows('select events, event_type from ignored_events')).toEqual([
    { events: 1, event_type: 'call with a hidden or invalid number' },
  ]);
  await addLeads(1);
  expect(await calls()).toHaveLength(2);
});

it('asks for new leads, then for the longest waiting, and finds late changes', async () => {
  settings = { AIRCALL_LEADS_PER_RUN: '2' };
  const [old] = [fakeCall(1, seconds(START) - 90 * 86_400, { recording: null })];
  main.calls = [{ ...old!, raw_digits: phoneOf(0) }];
  await addLeads(3);
  const askedFor = () =>
    asked.splice(0).flatMap(({ account, params }) => {
      const phone = params.get('phone_number');
      return account === 'main' && phone ? phone.slice(-2) : [];
    });
  await poll();
  expect(askedFor()).toEqual(['00', '01']);
  await poll();
  expect(askedFor()).toEqual(['02', '00']);
  expect(await calls()).toMatchObject([{ class: 'voicemail' }]);
  main.calls[0]!.recording = 'https://media.example/late';
  await addLeads(1, 3);
  await poll();
  expect(askedFor()).toEqual(['03', '01']);
  await poll();
  expect(askedFor()).toEqual(['02', '03']);
  await poll();
  expect(askedFor()).toEqual(['00', '01']);
  expect(await calls()).toMatchObject([{ class: 'done' }]);
});

it('shares its requests among the accounts', async () => {
  settings = { AIRCALL_REQUESTS_PER_RUN: '5' };
  const start = seconds(START) - 3600;
  main.calls = Array.from({ length: 200 }, (_, id) => fakeCall(id + 1, start + id));
  sales2.calls = main.calls;
  await runPoll(env(), aircall);
  expect(asked.map(({ account }) => account)).toEqual(['main', 'main', 'sales2', 'sales2']);
});

it('waits for as long as Aircall says, and goes on', async () => {
  await addLeads(1);
  main.calls = [fakeCall(1, seconds(START) - 60, { raw_digits: phoneOf(0) })];
  const reset = seconds(START) + 42;
  const limits = { 'x-aircallapi-remaining': '0', 'x-aircallapi-reset': String(reset) };
  const limited = HttpResponse.json(
    { message: 'TOO_MANY_REQUESTS' },
    { status: 429, headers: limits },
  );
  server.use(http.get('https://api.aircall.io/v1/calls', () => limited.clone() as never));
  const [busy] = await runPoll(env(), aircall);
  expect(busy).toMatchObject({ wait_until: reset * 1000, is_idle: false });
  server.resetHandlers();
  now = reset * 1000 - 1;
  await runPoll(env(), aircall);
  expect(asked).toEqual([]);
  now += 1;
  expect(await poll()).toBe(1);
});

it('asks no more once an answer says that nothing is left', async () => {
  settings = { AIRCALL_LEADS_PER_RUN: '1' };
  await addLeads(1);
  const reset = String(seconds(START) + 42);
  server.use(
    http.get('https://api.aircall.io/v1/calls', () =>
      HttpResponse.json(
        { calls: [fakeCall(1, seconds(START) - 60, { raw_digits: phoneOf(0) })] },
        { headers: { 'x-aircallapi-remaining': '0', 'x-aircallapi-reset': reset } },
      ),
    ),
  );
  const [report] = await runPoll(env(), aircall);
  expect(report).toMatchObject({ facts: 1, is_idle: false, wait_until: Number(reset) * 1000 });
  expect(report!.failure).toContain('takes no more requests of main before 2026-11-20T12:00:42');
  expect(asked).toEqual([]);
});

it.each([401, 403])('says which key Aircall refuses with %i', async (status) => {
  server.use(http.get('https://api.aircall.io/v1/calls', () => HttpResponse.json({}, { status })));
  await runPoll(env(), aircall);
  expect((await readPolls(house.db)).map(({ failure }) => failure)).toEqual([
    expect.stringContaining('api_id and api_token of main in AIRCALL_ACCOUNTS'),
    expect.stringContaining('api_id and api_token of sales2 in AIRCALL_ACCOUNTS'),
  ]);
});

it('keeps a call that it cannot read in quarantine once, and takes the others', async () => {
  await addLeads(1);
  main.calls = [
    fakeCall(1, seconds(START) - 60, { raw_digits: phoneOf(0), direction: 'sideways' as never }),
    fakeCall(2, seconds(START) - 50, { raw_digits: phoneOf(0) }),
  ];
  expect(await poll()).toBe(1);
  now += 15 * MINUTE;
  expect(await poll()).toBe(0);
  expect(await rows('select door, account, reason from dead_events')).toEqual([
    { door: 'aircall', account: 'main', reason: expect.stringContaining('direction') },
  ]);
});
