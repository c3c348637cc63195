/** Requests that land late, and publishes at once: what readers must then have seen. */
import { expect } from 'vitest';
import type { Line, Plan } from './edge.ts';
import type { Night } from './nights.ts';
import { ENOUGH, type Make, type Place } from './place.ts';
import { done, type Outcome, unclearIn, wrongIn } from './publish.ts';
import { randomOf } from './random.ts';

/**
 * Each writing request of a publish whose process died lands after a newer night was published;
 * what readers see stays. Answers the statuses that the late requests got.
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
  await place.endsClean();
  return statuses;
}

/**
 * A request that the client took for lost lands while the same publish goes on, `later` requests
 * on.
 */
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

/**
 * Of publishes at once at least one is done, and another says what happened; answers how many were
 * not done.
 */
async function settled(
  place: Place,
  nights: Night[],
  outcomes: Outcome[],
  what: string,
): Promise<number> {
  expect(await place.look(), what).toEqual([]);
  const published: string[] = [];
  outcomes.forEach((outcome, i) => {
    if (outcome !== 'dead' && 'fault' in outcome)
      expect(unclearIn(outcome.fault), what).toEqual([]);
    else {
      expect(wrongIn(done(outcome), nights[i]!), what).toEqual([]);
      published.push(nights[i]!.run.run_id);
    }
  });
  expect(published, what).toContain(place.shown.at(-1));
  return nights.length - published.length;
}

/**
 * Two publishes, one overtaken by the other at each of its requests in turn; `isFirst`: each time
 * in a new place. Answers how often one was refused.
 */
export async function settlesEveryRace(make: Make, isFirst: boolean, step = 1): Promise<number> {
  let refused = 0;
  let place = await make();
  if (!isFirst) await place.converges(await place.next());
  for (let n = 1; n < ENOUGH; n += step) {
    if (isFirst) place = await make();
    const [older, newer] = [await place.next(), await place.next()];
    const [slow, quick] = n % 2 ? [older, newer] : [newer, older];
    let overtaker: Outcome | undefined;
    const plan: Plan = {
      pause: async (seen) => {
        if (seen.n === n) overtaker = await place.publish(quick);
      },
    };
    const line = await place.line(plan);
    const outcome = await place.publish(slow, line);
    if (!overtaker) break;
    const what = `overtaken before request ${n}`;
    const notDone = await settled(place, [slow, quick], [outcome, overtaker], what);
    // Between its look and its last write the slow one builds on what is shown no more.
    const hasLooked = line.seen.some((seen) => seen.n < n && place.isLook(seen));
    const writesOn = line.seen.some((seen) => seen.n >= n && seen.writes);
    if (hasLooked && writesOn) expect(notDone, what).toBe(1);
    refused += notDone;
    if (isFirst) await place.endsClean(`after it was ${what}`);
  }
  await place.endsClean();
  return refused;
}

/** Two publishes whose requests alternate in an order that `seed` decides. */
export async function settlesAlternation(place: Place, seed: number): Promise<void> {
  const random = randomOf(seed);
  const pause = () =>
    new Promise<void>((resolve) => setTimeout(resolve, Math.floor(random() * 12)));
  const nights = [await place.next(), await place.next()];
  const lines = await Promise.all(nights.map(() => place.line({ pause })));
  const outcomes = await Promise.all(nights.map((one, i) => place.publish(one, lines[i]!)));
  await settled(place, nights, outcomes, `alternation ${seed}`);
  await place.endsClean(`after alternation ${seed}`);
}
