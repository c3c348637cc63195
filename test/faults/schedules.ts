/**
 * Seeded schedules of faults for Google's double, several rules of several kinds in each, and
 * publishes under them.
 */
import { expect } from 'vitest';
import type { Make, Place } from './place.ts';
import { done, unclearIn, wrongIn } from './publish.ts';
import { randomOf } from './random.ts';

type Rule = {
  match?: { method?: string; path?: string };
  nth?: number;
  probability?: number;
  seed?: number;
  kind: string;
};

const KINDS = [
  'status:429',
  'status:500',
  'status:503',
  'status:502',
  'status:403:rateLimitExceeded',
  'drop-before',
  'drop-after',
  'delay:20',
  'status:401',
];
const TOKEN_KINDS = ['status:400', 'status:401', 'status:500', 'drop-before', 'drop-after'];
const TOKEN = { method: 'POST', path: '/token' };

/** The rules of schedule `seed`; the same seed gives the same schedule. */
export function scheduleOf(seed: number): Rule[] {
  const random = randomOf(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const rules: Rule[] = [];
  const count = 2 + Math.floor(random() * 4);
  for (let i = 0; i < count; i += 1) {
    const kind = oneOf(KINDS);
    // Reads and writes alike; a write is the rarer request, and the one that matters.
    const match =
      random() < 0.6 ? { match: { method: oneOf(['POST', 'PUT', 'PATCH', 'POST', 'POST']) } } : {};
    if (random() < 0.25)
      rules.push({ ...match, probability: 0.1 + random() * 0.4, seed: seed * 10 + i, kind });
    else rules.push({ ...match, nth: 1 + Math.floor(random() * (random() < 0.5 ? 4 : 12)), kind });
  }
  if (random() < 0.25)
    rules.unshift({ match: TOKEN, nth: 1 + Math.floor(random() * 2), kind: oneOf(TOKEN_KINDS) });
  if (random() < 0.05) rules.unshift({ match: TOKEN, probability: 1, kind: 'status:401' });
  return rules;
}

/** Schedules to run here: all of them in the full run. */
export const seedsOf = (full: number, few: number): number[] =>
  Array.from({ length: process.env.FULL ? full : few }, (_, i) => i + 1);

/**
 * A publish under a schedule of faults: right, or stopped with the fix named; then a clean one.
 * Answers whether it was done.
 */
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

/**
 * Schedules in one place after another: every `fresh`th starts with an empty one. Answers how many
 * were published.
 */
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
