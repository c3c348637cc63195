/** What every poll does the same, shown on a door that the product does not have (F1, V11). */
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../core/faults.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { readPolls } from '../../warehouse/polls.ts';
import { defineDoor } from '../../workers/ingest/doors/door.ts';
import { type Env, parseConfig } from '../../workers/ingest/env.ts';
import { pollJobs } from '../../workers/ingest/jobs/index.ts';
import { runPoll } from '../../workers/ingest/polls/run.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const PEOPLE = 10;
const PER_PAGE = 3;
const BUDGET = 2;
const page = z.object({ names: z.array(z.string()) });

const toy = defineDoor({
  name: 'toy',
  provider: 'toy',
  secrets: { TOY_TOKEN: z.string().describe('the token of toy') },
  poll: {
    cron: '* * * * *',
    budget: () => BUDGET,
    async next(cursor: number | null, { requests }, { TOY_TOKEN }) {
      const from = cursor ?? 0;
      const url = new URL(`https://toy.test/people?from=${from}`);
      const { names } = page.parse((await requests.get(url, { authorization: TOY_TOKEN })).body);
      const events = names.map((name) => ({ id: name, body: name }));
      return { events, cursor: from + names.length, isIdle: names.length < PER_PAGE };
    },
  },
  facts({ id, body }, now) {
    if (body === unreadable) throw new Fault('unknown_event', `nobody is called ${body}`);
    const contact = { kind: 'email' as const, value: `${body}@x.test` };
    return [
      {
        kind: 'contact',
        provider: 'toy',
        contact,
        identities: [contact],
        thing_key: `email:${contact.value}`,
        observation_key: id,
        observed_at: now,
        stated: { full_name: body },
      },
    ];
  },
});
let unreadable = '';

const names = Array.from({ length: PEOPLE }, (_, index) => `p${index}`);
const asked: number[] = [];
const toyApi = http.get('https://toy.test/people', ({ request }) => {
  if (request.headers.get('authorization') !== 'toy-token')
    return HttpResponse.json({ message: 'wrong token' }, { status: 401 });
  const from = Number(new URL(request.url).searchParams.get('from'));
  asked.push(from);
  return HttpResponse.json({ names: names.slice(from, from + PER_PAGE) });
});
const server = setupServer(toyApi);

const NOW = Date.UTC(2026, 5, 1);
let house: ReturnType<typeof sqliteD1>;
let env: Env;
const envOf = (more: object = {}): Env =>
  ({
    DB: house.db,
    CACHE: {},
    ANALYTICS: { writeDataPoint() {} },
    FACT_QUEUE: { send: () => Promise.reject(new Error('the queue is away')) },
    HOUSE_ID: 'test-house',
    API_TOKEN: 'test-token',
    CONTACT_KEY_SECRET: 'test-contact-key-secret',
    TOY_TOKEN: 'toy-token',
    NOW: String(NOW),
    ...more,
  }) as unknown as Env;
const people = async () =>
  (await house.db.prepare('select full_name from contacts order by contact_id').all()).results.map(
    ({ full_name }) => full_name,
  );
const untilIdle = async () => {
  for (let runs = 1; ; runs += 1) {
    const [report] = await runPoll(env, toy);
    if (report!.is_idle) return runs;
  }
};

beforeAll(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  server.listen({ onUnhandledFrame: 'error' });
});
beforeEach(async () => {
  house = sqliteD1();
  env = envOf();
  asked.length = 0;
  await ensureHouse(house.db, parseConfig(env));
});
afterEach(() => {
  server.resetHandlers();
  house.close();
  unreadable = '';
});
afterAll(() => {
  server.close();
  vi.restoreAllMocks();
});

it('goes on from its cursor, run by run, within the budget', async () => {
  expect(await untilIdle()).toBe(2);
  expect(asked).toEqual([0, 3, 6, 9]);
  expect(await people()).toEqual(names);
});

it('loses and doubles nothing when it is killed before any cursor is kept', async () => {
  const prepare = house.db.prepare.bind(house.db);
  for (let kills = 0; kills < 4; kills += 1) {
    let kept = 0;
    house.db.prepare = (sql: string) => {
      if (/into "?polls/.test(sql) && kept++ === kills % 2) throw new Error('killed');
      return prepare(sql);
    };
    await expect(runPoll(env, toy)).rejects.toThrow('killed');
  }
  house.db.prepare = prepare;
  await untilIdle();
  expect(await people()).toEqual(names);
  const [{ count }] = (
    await house.db.prepare('select count(*) as count from observations').all<{ count: number }>()
  ).results as [{ count: number }];
  expect(count).toBe(PEOPLE);
});

it('lets two runs at once both finish, each fact once', async () => {
  await Promise.all([runPoll(env, toy), runPoll(env, toy)]);
  await untilIdle();
  expect(await people()).toEqual(names);
});

it('keeps what it cannot read in quarantine, and goes on', async () => {
  unreadable = 'p4';
  await untilIdle();
  expect(await people()).toEqual(names.filter((name) => name !== 'p4'));
  const { results } = await house.db.prepare('select door, delivery_id from dead_events').all();
  expect(results).toEqual([{ door: 'toy', delivery_id: 'p4' }]);
});

it('leaves a provider alone as long as it asks', async () => {
  server.use(
    http.get('https://toy.test/people', () =>
      HttpResponse.json({}, { status: 429, headers: { 'retry-after': '90' } }),
    ),
  );
  const [busy] = await runPoll(env, toy);
  expect(busy).toMatchObject({
    failure: 'toy.test answered 429',
    wait_until: NOW + 90_000,
    is_idle: false,
  });
  server.resetHandlers();
  env = envOf({ NOW: String(NOW + 89_000) });
  expect(await runPoll(env, toy)).toMatchObject([{ wait_until: NOW + 90_000 }]);
  expect(asked).toEqual([]);
  env = envOf({ NOW: String(NOW + 90_000) });
  expect(await untilIdle()).toBe(2);
  expect(await people()).toEqual(names);
  expect(await readPolls(house.db)).toMatchObject([{ failure: null, wait_until: null }]);
});

it('says since when a provider refuses, and goes on where it stopped', async () => {
  await runPoll(env, toy);
  for (const later of [60_000, 120_000]) {
    env = envOf({ TOY_TOKEN: 'old', NOW: String(NOW + later) });
    await runPoll(env, toy);
  }
  expect(await readPolls(house.db)).toMatchObject([
    { failure: 'toy.test answered 401', failed_since: NOW + 60_000, cursor: '6' },
  ]);
  env = envOf();
  await untilIdle();
  expect(asked).toEqual([0, 3, 6, 9]);
});

it('takes a broken connection for one that passes', async () => {
  server.use(http.get('https://toy.test/people', () => HttpResponse.error()));
  const [report] = await runPoll(env, toy);
  expect(report).toMatchObject({ failure: 'toy.test did not answer', wait_until: NOW + 60_000 });
});

it('runs on its schedule, and not where the door is off', async () => {
  const [job] = pollJobs([toy]);
  expect(job).toMatchObject({ name: 'toy', cron: '* * * * *', lease: 30_000 });
  expect(await job!.run(envOf({ TOY_TOKEN: '' }), NOW)).toBe('done');
  expect(asked).toEqual([]);
  expect(await job!.run(env, NOW)).toBe('done');
  expect(asked).toEqual([0, 3]);
});
