/**
 * Gate 15: how long a fact takes from the door to its number on the dashboard, and the share of
 * D1's time that refreshing takes; both, and landing, while 100 people load the page.
 * BENCH_CONTACTS sets the large house. Timed.
 */
import { cronsOfHouse, tickCrons } from '../cli/house/crons.ts';
import { refreshMarts } from '../warehouse/stored/refresh-marts.ts';
import { loadHouse } from './copies.ts';
import { type Freshness, post, watchFreshness } from './freshness.ts';
import { withBenchHouse } from './house.ts';
import { contactsOf, type Gate, type Measure, quantile } from './measure.ts';

/** In houses of so many the dashboard itself refreshes; in larger ones only the job does. */
const SMALL = 340;
const LARGE = contactsOf(10_000, 1200);
const READERS = 100;

const longest = (seconds: number[]): number => Math.max(...seconds);

const half = (seconds: number[]): string => `${quantile(seconds, 0.5).toFixed(2)} s`;

/** A house on the machine's clock, with its crons, and a refresh behind it. */
function watchHouse(people: number, readers: number[]): Promise<Freshness[]> {
  return withBenchHouse(
    async (house) => {
      await loadHouse(house, people);
      await refreshMarts(house.db, house.config);
      // The next one is usual: nobody is left to be derived.
      await house.endRest();
      await post(house, people);
      await refreshMarts(house.db, house.config);
      await house.endRest();
      const stop = tickCrons(house.url, cronsOfHouse(), (line) => console.error(line));
      try {
        const found: Freshness[] = [];
        for (const each of readers) {
          const there = await house.db.prepare('select count(*) from contacts').raw<[number]>();
          found.push(await watchFreshness(house, there[0]![0], each));
        }
        return found;
      } finally {
        stop();
      }
    },
    { NOW: '' },
  );
}

function measuresOf(people: number, readers: number, fresh: Freshness): Measure[] {
  const house = `${people} contacts, ${readers} readers`;
  const isLarge = people > 10_000;
  const each = { gate: 15, better: 'less' as const };
  return [
    {
      ...each,
      measure: `from the door to the dashboard, s, ${house}`,
      value: longest(fresh.shown),
      reference: `timed: the longest of ${fresh.shown.length}; half within ${half(fresh.shown)}`,
      limit: isLarge ? 300 : 60,
      moonshot: isLarge ? 60 : people > SMALL ? 30 : 5,
      note: `${fresh.costs.length} refreshes in ${fresh.lasted.toFixed(0)} s, ${half(fresh.costs)}`,
    },
    {
      ...each,
      measure: `share of D1’s time for refreshing, ${house}`,
      value: fresh.costs.reduce((sum, cost) => sum + cost, 0) / fresh.lasted,
      reference: 'timed: cost of the refreshes ÷ time',
      limit: 0.1,
      moonshot: 0.05,
    },
    {
      ...each,
      measure: `until the door answers, s, ${house}`,
      value: longest(fresh.landed),
      reference: `timed: the longest of ${fresh.landed.length}; half within ${half(fresh.landed)}`,
    },
  ];
}

async function run(): Promise<Measure[]> {
  const [small] = await watchHouse(SMALL, [0]);
  const [alone, watched] = await watchHouse(LARGE, [0, READERS]);
  return [
    ...measuresOf(SMALL, 0, small!),
    ...measuresOf(LARGE, 0, alone!),
    ...measuresOf(LARGE, READERS, watched!),
  ];
}

export const gate: Gate = { name: '15', run };
