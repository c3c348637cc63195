/** Scheduled jobs on real D1: missed, doubled, failed, broken off, and across clock changes. */
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { factsConfig } from '../../core/config.ts';
import { HOUR, MINUTE } from '../../core/durations.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { claimRun, finishRun, MOST_ATTEMPTS, readJobs } from '../../warehouse/jobs.ts';
import { type Job, scheduled } from '../../workers/jobs.ts';
import { openTestHouse, RESEND_SECRET, type TestHouse, TOKEN } from '../house.ts';

const OPENED = Date.UTC(2026, 0, 1);
const NOON = Date.UTC(2026, 5, 10, 12);

type Env = { DB: D1Database };
let house: TestHouse;
let env: Env;
let runs: number[] = [];
/** What the toy job does at its next runs; afterwards it is done. */
let outcomes: (() => Promise<'done' | 'under way'>)[] = [];

const toy = (more: Partial<Job<Env>> = {}): Job<Env> => ({
  name: 'toy',
  cron: '*/15 * * * *',
  run: (_, due) => {
    runs.push(due);
    return outcomes.shift()?.() ?? Promise.resolve('done');
  },
  ...more,
});
const fails = () => Promise.reject(new Error('no answer'));
const goesOn = () => Promise.resolve('under way' as const);

/** Fires a cron, as Cloudflare does. */
const fire = async (job: Job<Env>, at: number, ...others: Job<Env>[]) =>
  scheduled('toys', [job, ...others])(
    { cron: job.cron, scheduledTime: at, noRetry() {} } as ScheduledController,
    env,
    {} as ExecutionContext,
  );
const state = async (name = 'toy') => (await readJobs(house.db)).find(({ job }) => job === name);

beforeAll(async () => {
  house = await openTestHouse();
  env = {
    DB: house.db,
    API_TOKEN: TOKEN,
    RESEND_WEBHOOK_SECRET: RESEND_SECRET,
    CONTACT_KEY_SECRET: 'secret',
    HOUSE_ID: 'jobs',
    BUSINESS_TIME_ZONE: 'America/New_York',
  } as Env;
  await ensureHouse(house.db, factsConfig({ ...env, NOW: OPENED }));
});
beforeEach(async () => {
  runs = [];
  outcomes = [];
  await house.db.prepare('delete from jobs').run();
});
afterAll(() => house?.close());

it('runs once for an instant, however often and at once its cron fires', async () => {
  await fire(toy(), NOON);
  await Promise.all([fire(toy(), NOON), fire(toy(), NOON), fire(toy(), NOON + MINUTE)]);
  expect(runs).toEqual([NOON]);
  await Promise.all(Array.from({ length: 5 }, () => fire(toy(), NOON + 15 * MINUTE)));
  expect(runs).toEqual([NOON, NOON + 15 * MINUTE]);
  await fire(toy(), NOON);
  expect(runs).toHaveLength(2);
});

it('catches up the latest of the instants that were missed, once', async () => {
  const daily = toy({ cron: '0 * * * *', at: () => ({ hour: 6 }) });
  await fire(daily, NOON);
  await fire(daily, NOON + 75 * HOUR);
  await fire(daily, NOON + 76 * HOUR);
  expect(runs).toEqual([NOON - 2 * HOUR, NOON + 70 * HOUR]);
});

it('runs nothing that fell due before the house opened', async () => {
  const daily = toy({ cron: '0 * * * *', at: () => ({ hour: 6 }) });
  await fire(daily, OPENED + HOUR);
  expect(runs).toEqual([]);
  expect(await state()).toMatchObject({ due_at: null, next_at: OPENED + 11 * HOUR });
});

it('wakes only the jobs of the cron that fired, and refuses a cron that no job has', async () => {
  await fire(toy(), NOON, toy({ name: 'other', cron: '0 * * * *' }));
  expect(runs).toEqual([NOON]);
  expect(await state('other')).toBeUndefined();
  const handler = scheduled('toys', [toy()]);
  const event = { cron: '5 5 * * *', scheduledTime: NOON, noRetry() {} } as ScheduledController;
  await expect(handler(event, env, {} as ExecutionContext)).rejects.toThrow(
    'workers/toys: no job has the cron "5 5 * * *"',
  );
});

it('tries a failed instant at each wake, six times; the next one starts anew', async () => {
  const daily = toy({ cron: '0 * * * *', at: () => ({ hour: 6 }) });
  const other = toy({ name: 'other', cron: '0 * * * *' });
  outcomes = [fails];
  await expect(fire(daily, NOON, other)).rejects.toThrow('failed: toy');
  expect(await state('other')).toMatchObject({ due_at: NOON, failures: 0 });
  expect(await state()).toMatchObject({ failures: 1, failure: 'the log says why' });
  outcomes = Array.from({ length: 9 }, () => fails);
  for (let hour = 1; hour < 9; hour += 1) await fire(daily, NOON + hour * HOUR).catch(() => {});
  expect(await state()).toMatchObject({ failures: MOST_ATTEMPTS, finished_at: null });
  outcomes = [];
  runs = [];
  await fire(daily, NOON + 24 * HOUR);
  expect(runs).toEqual([NOON + 22 * HOUR]);
  expect(await state()).toMatchObject({ failures: 0, failure: null });
});

it('looks again at work that goes on elsewhere, until it is done', async () => {
  const daily = toy({ cron: '0 * * * *', at: () => ({ hour: 6 }) });
  outcomes = [goesOn, goesOn];
  for (let hour = 0; hour < 5; hour += 1) await fire(daily, NOON + hour * HOUR);
  expect(runs).toEqual(Array.from({ length: 3 }, () => NOON - 2 * HOUR));
  expect((await state())!.finished_at).not.toBeNull();
});

it('takes up a run that broke off, after its lease; the old one ends nothing', async () => {
  let isStarted = () => {};
  let goOn = () => {};
  const start = new Promise<void>((done) => {
    isStarted = done;
  });
  const crash = new Promise<void>((done) => {
    goOn = done;
  });
  outcomes = [
    async () => {
      isStarted();
      await crash;
      throw new Error('late');
    },
  ];
  const first = fire(toy(), NOON);
  await start;
  await fire(toy(), NOON);
  await fire(toy(), NOON + 15 * MINUTE);
  expect(runs).toEqual([NOON]);
  await house.db.prepare('update jobs set lease_until = lease_until - 15 * 60000 - 1').run();
  await fire(toy(), NOON + 2 * MINUTE);
  expect(runs).toEqual([NOON, NOON]);
  goOn();
  await expect(first).rejects.toThrow('failed: toy');
  expect(await state()).toMatchObject({ failures: 0, failure: null });
  expect((await state())!.finished_at).not.toBeNull();
});

it('a run that broke off holds up no later one when its lease is short', async () => {
  outcomes = [() => new Promise(() => {})];
  const brief = toy({ lease: MINUTE });
  void fire(brief, NOON);
  await vi.waitFor(() => expect(runs).toEqual([NOON]));
  await fire(brief, NOON + 15 * MINUTE);
  expect(runs).toEqual([NOON]);
  await house.db.prepare('update jobs set lease_until = lease_until - 60001').run();
  await fire(brief, NOON + 15 * MINUTE);
  expect(runs).toEqual([NOON, NOON + 15 * MINUTE]);
});

it('gives one claim of an instant, and none of an older one', async () => {
  await house.db.prepare("insert into jobs (job) values ('toy')").run();
  const claims = await Promise.all(
    [1, 2, 3, 4].map((at) => claimRun(house.db, 'toy', NOON, NOON + at)),
  );
  const [run, ...rest] = claims.filter((claim) => claim !== null);
  expect(rest).toEqual([]);
  await finishRun(house.db, run!, NOON + 5);
  expect(await claimRun(house.db, 'toy', NOON - HOUR, NOON + 6)).toBeNull();
  expect(await claimRun(house.db, 'toy', NOON, NOON + 6)).toBeNull();
});

it.each([
  ['02:30 on the night that skips it', 2, Date.UTC(2026, 2, 7, 12), [-4.5, 19.5, 42.5]],
  ['01:30 on the night that has it twice', 1, Date.UTC(2026, 9, 31, 12), [-6.5, 17.5, 42.5]],
])('runs once at %s', async (_, hour, noon, hours) => {
  const daily = toy({ cron: '*/30 * * * *', at: () => ({ hour, minute: 30 }) });
  await fire(daily, noon);
  // The wakes from an hour before each instant to two hours after it, so a second one would show.
  for (const past of hours.slice(1))
    for (let wake = -2; wake <= 4; wake++)
      await fire(daily, noon + past * HOUR + wake * 30 * MINUTE);
  expect(runs).toEqual(hours.map((past) => noon + past * HOUR));
});

it('status says when each job ran, how that went, and when it is due next', async () => {
  await fire(toy(), NOON);
  const { jobs } = (await (await house.call('/api/status')).json()) as { jobs: object[] };
  expect(jobs).toMatchObject([
    { job: 'toy', due_at: NOON, next_at: NOON + 15 * MINUTE, failures: 0, failure: null },
  ]);
});
