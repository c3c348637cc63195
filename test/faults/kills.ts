/**
 * A publish that dies at any of its requests, or whose loads fail: what readers must then have
 * seen.
 */
import { expect } from 'vitest';
import { staleName } from './nights.ts';
import { ENOUGH, type Make, type Place } from './place.ts';
import { done, unclearIn, wrongIn } from './publish.ts';

const sides = ['before', 'after'] as const;

/**
 * Requests to strike: 1, 1 + step …; the sides take turns, so that a step of 2 strikes every
 * request on one side.
 */
function* points(step: number) {
  for (const [i, side] of sides.entries())
    for (let n = 1 + (i % step); n < ENOUGH; n += step) {
      const isOver: boolean = yield { n, side };
      if (isOver) break;
    }
}

/**
 * Kills a publish at its requests, and publishes on: the same night again, or the next. Answers how
 * often it was killed.
 */
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
  await place.endsClean();
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

/**
 * Kills the publish that appends a column, at its requests: readers see the night before, or all of
 * the new one.
 */
export async function survivesKillsOfGrowth(make: Make, step = 1): Promise<void> {
  const strikes = points(step);
  for (let strike = strikes.next(); !strike.done; ) {
    const kill = strike.value;
    const place = await make();
    await place.converges(await place.next());
    place.grow();
    const one = await place.next();
    const outcome = await place.publish(one, await place.line({ kill }));
    expect(await place.look(), `killed ${kill.side} request ${kill.n}`).toEqual([]);
    await place.converges(one, `after a kill ${kill.side} request ${kill.n}`);
    strike = strikes.next(outcome !== 'dead');
  }
}

/**
 * Kills what says that the data are stale, at its requests: readers see the same night, with the
 * whole note or without.
 */
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
  await place.endsClean();
  return killed;
}

const UPLOAD = /^\/(upload|resumable)\//;

/**
 * The last row of what is uploaded is made no JSON: Google takes the job and ends it with an error.
 */
function spoiled(body: Buffer): Buffer {
  const changed = Buffer.from(body);
  const end = changed.lastIndexOf('}');
  if (end >= 0) changed[end] = 'x'.charCodeAt(0);
  return changed;
}

/**
 * Each load of a publish fails in turn, which burns its id: readers keep the night before; the next
 * run puts it right.
 */
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
  await place.endsClean();
  return failed;
}
