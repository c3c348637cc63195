/**
 * Gate 5: how the night's D1 time grows with the house: the exponent between a smaller one and the
 * whole. BENCH_CONTACTS scales it. Timed.
 */
import { loadHouse } from './copies.ts';
import { openBenchHouse } from './house.ts';
import { contactsOf, type Gate, type Measure, pairsOf, ratioOfPairs } from './measure.ts';
import { costOfNight } from './night-statements.ts';
import { AS_OF } from './synthetic-facts.ts';

const LARGE = contactsOf(10_000, 2000);
/** Large houses are held against 77,000 events. */
const SMALL = Math.min(10_000, Math.ceil(LARGE / 4));
const PAIRS = pairsOf(5);

const exponent = (ratio: number): number => Math.log(ratio) / Math.log(LARGE / SMALL);

async function run(): Promise<Measure[]> {
  const houses = await Promise.all([openBenchHouse(), openBenchHouse()]);
  try {
    const sizes = [LARGE, SMALL];
    for (const [i, house] of houses.entries()) await loadHouse(house, sizes[i]!);
    const night = (i: number) => () => costOfNight(houses[i]!.db, sizes[i]!, AS_OF);
    const { value, quartiles } = await ratioOfPairs(night(0), night(1), PAIRS);
    const [low, high] = quartiles;
    return [
      {
        gate: 5,
        measure: `growth exponent, ${SMALL} to ${LARGE} contacts`,
        value: exponent(value),
        quartiles: [exponent(low), exponent(high)],
        reference: `the night’s statements over ${SMALL} contacts; 1 is in proportion`,
        limit: 1.1,
        moonshot: 1.02,
        better: 'less' as const,
      },
    ];
  } finally {
    for (const house of houses) await house.close();
  }
}

export const gate: Gate = { name: '5', run };
