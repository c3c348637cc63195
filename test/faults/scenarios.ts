/** What may happen to a publish, at each of its requests, and what readers must then have seen. */
import { expect } from 'vitest';
import type { Line, Plan } from './edge.ts';
import { type Night, staleName } from './nights.ts';
import type { Place } from './place.ts';
import { done, type Outcome, unclearIn, wrongIn } from './publish.ts';
import { randomOf } from './random.ts';

type Make = () => Promise<Place>;

const sides = ['before', 'after'] as const;
/** More than a publish has requests. */
const ENOUGH = 300;

/** Requests to strike: 1, 1 + step …; the sides take turns, so that a step of 2 strikes every request on one side. */
function* points(step: number) {
  for (const [i, side] of sides.entries())
    for (let n = 1 + (i % step); n < ENOUGH; n += step) {
      const isOver: boolean = yield { n, side };
      if (isOver) break;
    }
}

/** Kills a publish at its requests, and publishes on: the same night again, or the next. Answers how often it was killed. */
export async function survivesEveryKill(place: Place, step = 1): Promise<number> {
  let killed = 0;
  let one = await place.next();
  await place.converges(one);
  const strikes = points(step);
  for (let strike = strikes.next(); !strike.done; ) {
    const kill = strike.value;
    one = await place.next();
    const outcome = await place.publish(one, await place.line({ kill }));
    expect(await place.look(), `killed ${kill.side} request ${kill.n}`).toEqual([]);
    const isOver = outcome !== 'dead';
    if (isOver) done(outcome);
    else {
      killed += 1;
      if (killed % 2) one = await place.next();
      await place.converges(one, `after a kill ${kill.side} request ${kill.n}`);
    }
    strike = strikes.next(isOver);
  }
  expect(await place.writesOf(one)).toEqual([]);
  return killed;
}

/** Kills the first publish into a new place at its requests: readers see nothing, or all of it. */
export async function survivesKillsOfTheFirst(make: Make, step = 1): Promise<void> {
  const strikes = points(step);
  for (let strike = strikes.next(); !strike.done; ) {
    const kill = strike.value;
    const place = await make();
    let one = await place.next();
    const outcome = await place.publish(one, await place.line({ kill }));
    expect(await place.look(), `killed ${kill.side} request ${kill.n}`).toEqual([]);
    const isOver = outcome !== 'dead';
    if (!isOver) {
      if (kill.n % 2) one = await place.next();
      await place.converges(one, `after a kill ${kill.side} request ${kill.n}`);
      expect(await place.writesOf(one)).toEqual([]);
    }
    strike = strikes.next(isOver);
  }
}

/** Kills what says that the data are stale, at its requests: readers see the same night, with the whole note or without. */
export async function survivesKillsOfStale(place: Place, step = 1): Promise<number> {
  let killed = 0;
  const strikes = points(step);
  for (let strike = strikes.next(); !strike.done; ) {
    const kill = strike.value;
    const what = `killed ${kill.side} request ${kill.n}`;
    const one = await place.next();
    await place.converges(one);
    const outcome = await place.markStale(one, await place.line({ kill }));
    expect(await place.look(), what).toEqual([]);
    expect([one.run.run_id, staleName(one)], what).toContain(place.shown.at(-1));
    const isOver = outcome !== 'dead';
    if (!isOver) killed += 1;
    expect(await place.markStale(one), what).toHaveProperty('done');
    expect(await place.look(), what).toEqual([]);
    expect(place.shown.at(-1), what).toBe(staleName(one));
    strike = strikes.next(isOver);
  }
  await place.converges(await place.next());
  return killed;
}

/**
 * Each writing request of a publish whose process died lands after a newer night was published; what readers see stays.
 * Answers the statuses that the late requests got.
 */
export async function bearsWhatLandsLate(make: Make, isFirst: boolean): Promise<(number | null)[]> {
  const statuses: (number | null)[] = [];
  let place = await make();
  if (!isFirst) await place.converges(await place.next());
  for (let n = 1; n < ENOUGH; n += 1) {
    if (isFirst) place = await make();
    const line = await place.line({ hold: { n, dies: true } });
    const outcome = await place.publish(await place.next(), line);
    if (outcome !== 'dead') break;
    if (!line.seen.at(-1)!.writes) continue;
    const newer = await place.next();
    const what = `request ${n} landed late: ${line.seen.at(-1)!.path}`;
    await place.converges(newer);
    statuses.push(await line.letGo());
    expect(await place.look(), what).toEqual([]);
    expect(place.shown.at(-1), what).toBe(newer.run.run_id);
    if (n % 2) await place.converges(newer, `again, after ${what}`);
  }
  await place.converges(await place.next());
  return statuses;
}

/** A request that the client took for lost lands while the same publish goes on, `later` requests on. */
export async function doesOnceWhatWasLost(place: Place, later: number, step = 1): Promise<void> {
  await place.converges(await place.next());
  for (let n = 1; n < ENOUGH; n += step) {
    const one = await place.next();
    const what = `request ${n} landed ${later} later`;
    const line: Line = await place.line({
      hold: { n, dies: false },
      pause: async (seen) => {
        if (seen.n === n + later) await line.letGo();
      },
    });
    const outcome = await place.publish(one, line);
    await line.letGo();
    expect(await place.look(), what).toEqual([]);
    expect(wrongIn(done(outcome), one), what).toEqual([]);
    expect(place.shown.at(-1), what).toBe(one.run.run_id);
    if (line.seen.length < n) break;
  }
}

const UPLOAD = /^\/(upload|resumable)\//;

/** The last row of what is uploaded is made no JSON: Google takes the job and ends it with an error. */
function spoiled(body: Buffer): Buffer {
  const changed = Buffer.from(body);
  const end = changed.lastIndexOf('}');
  if (end >= 0) changed[end] = 'x'.charCodeAt(0);
  return changed;
}

/** Each load of a publish fails in turn, which burns its id: readers keep the night before; the next run puts it right. */
export async function survivesFailedLoads(place: Place): Promise<number> {
  let failed = 0;
  await place.converges(await place.next());
  for (let nth = 1; nth < ENOUGH; nth += 1) {
    const what = `load ${nth} failed`;
    let uploads = 0;
    const line = await place.line({
      damage({ path }, body) {
        if (UPLOAD.test(path)) uploads += 1;
        return UPLOAD.test(path) && uploads === nth ? spoiled(body) : body;
      },
    });
    const one = await place.next();
    const outcome = await place.publish(one, line);
    expect(await place.look(), what).toEqual([]);
    if (uploads < nth) break;
    if (outcome !== 'dead' && 'fault' in outcome) {
      failed += 1;
      expect(unclearIn(outcome.fault), what).toEqual([]);
    } else expect(wrongIn(done(outcome), one), what).toEqual([]);
    await place.converges(nth % 2 ? one : await place.next(), `after ${what}`);
  }
  return failed;
}

/** Of publishes at once at least one is done, and another says what happened; answers how many were not done. */
async function settled(place: Place, nights: Night[], outcomes: Outcome[], what: string): Promise<number> {
  expect(await place.look(), what).toEqual([]);
  const published: string[] = [];
  outcomes.forEach((outcome, i) => {
    if (outcome !== 'dead' && 'fault' in outcome) expect(unclearIn(outcome.fault), what).toEqual([]);
    else {
      expect(wrongIn(done(outcome), nights[i]!), what).toEqual([]);
      published.push(nights[i]!.run.run_id);
    }
  });
  expect(published, what).toContain(place.shown.at(-1));
  return nights.length - published.length;
}

/** Two publishes, one overtaken by the other at each of its requests in turn; answers how often one was refused. */
export async function settlesEveryRace(place: Place, step = 1): Promise<number> {
  let refused = 0;
  await place.converges(await place.next());
  for (let n = 1; n < ENOUGH; n += step) {
    const [older, newer] = [await place.next(), await place.next()];
    const [slow, quick] = n % 2 ? [older, newer] : [newer, older];
    let overtaker: Outcome | undefined;
    const plan: Plan = {
      pause: async (seen) => {
        if (seen.n === n) overtaker = await place.publish(quick);
      },
    };
    const outcome = await place.publish(slow, await place.line(plan));
    if (!overtaker) break;
    refused += await settled(place, [slow, quick], [outcome, overtaker], `overtaken before request ${n}`);
  }
  await place.converges(await place.next());
  return refused;
}

/** Two publishes whose requests alternate in an order that `seed` decides. */
export async function settlesAlternation(place: Place, seed: number): Promise<void> {
  const random = randomOf(seed);
  const pause = () => new Promise<void>((resolve) => setTimeout(resolve, Math.floor(random() * 12)));
  const nights = [await place.next(), await place.next()];
  const lines = await Promise.all(nights.map(() => place.line({ pause })));
  const outcomes = await Promise.all(nights.map((one, i) => place.publish(one, lines[i]!)));
  await settled(place, nights, outcomes, `alternation ${seed}`);
  await place.converges(await place.next(), `after alternation ${seed}`);
}

/** A publish under a schedule of faults: right, or stopped with the fix named; then a clean one. Answers whether it was done. */
export async function survivesSchedule(
  place: Place,
  seed: number,
  rules: object[],
  inject: (rules: object[]) => Promise<unknown>,
): Promise<boolean> {
  const what = `schedule ${seed}: ${JSON.stringify(rules)}`;
  const complaints: string[] = [];
  const line = await place.line({
    after: async ({ n, path, writes }) => {
      if (writes) complaints.push(...(await place.look()).map((said) => `${n} ${path}: ${said}`));
    },
  });
  const one = await place.next();
  await inject(rules);
  const outcome = await place.publish(one, line);
  await inject([]);
  complaints.push(...(await place.look()));
  expect(complaints, what).toEqual([]);
  const isDone = outcome !== 'dead' && 'done' in outcome;
  if (isDone) {
    expect(wrongIn(done(outcome), one), what).toEqual([]);
    expect(place.shown.at(-1), what).toBe(one.run.run_id);
  } else if (outcome !== 'dead') expect(unclearIn(outcome.fault), what).toEqual([]);
  const next = seed % 2 ? one : await place.next();
  await place.converges(next, what);
  if (seed % 5 === 0) expect(await place.writesOf(next), what).toEqual([]);
  return isDone;
}

/** Schedules in one place after another: every `fresh`th starts with an empty one. Answers how many were published. */
export async function survivesSchedules(
  make: Make,
  seeds: number[],
  rulesOf: (seed: number) => object[],
  inject: (rules: object[]) => Promise<unknown>,
  fresh = 6,
): Promise<number> {
  let published = 0;
  let place = await make();
  for (const [i, seed] of seeds.entries()) {
    if (i % fresh === 0) place = await make();
    published += Number(await survivesSchedule(place, seed, rulesOf(seed), inject));
  }
  return published;
}
