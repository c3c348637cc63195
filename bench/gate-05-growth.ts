/** Gate 5: how the night's D1 time grows with the house: the exponent between a quarter of it and the whole. BENCH_CONTACTS scales it. Timed. */
import { refreshAll } from '../platform/d1/refresh.ts';
import { loadPeople, openBenchHouse } from './house.ts';
import { BENCH_CONTACTS, cpuOfWorkerd, type Gate, type Measure, ratioOfPairs } from './measure.ts';
import { nightStatements, runStatements } from './night-statements.ts';
import { AS_OF } from './synthetic-facts.ts';

const TIMES = 4;
const LARGE = BENCH_CONTACTS ?? 2000;
const SMALL = Math.ceil(LARGE / TIMES);
const PAIRS = 5;

const exponent = (ratio: number): number => Math.log(ratio) / Math.log(LARGE / SMALL);

async function run(): Promise<Measure[]> {
  const houses = await Promise.all([openBenchHouse(), openBenchHouse()]);
  try {
    const sizes = [LARGE, SMALL];
    for (const [i, house] of houses.entries()) {
      await loadPeople(house, 0, sizes[i]!);
      await refreshAll(house.db, AS_OF);
    }
    const night = (i: number) => () =>
      cpuOfWorkerd(() => runStatements(houses[i]!.db, nightStatements(sizes[i]!, AS_OF)));
    const { value, quartiles } = await ratioOfPairs(night(0), night(1), PAIRS);
    const [low, high] = quartiles;
    return [
      {
        ...{ gate: 5, measure: `growth exponent, ${SMALL} to ${LARGE} contacts`, value: exponent(value) },
        quartiles: [exponent(low), exponent(high)],
        reference: `the night’s statements over ${SMALL} contacts; 1 is in proportion`,
        ...{ limit: 1.1, moonshot: 1.02, better: 'less' as const },
      },
    ];
  } finally {
    for (const house of houses) await house.close();
  }
}

export const gate: Gate = { name: '5', run };
