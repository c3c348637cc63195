/**
 * Gate 15: how long a fact takes from the door to its number on the dashboard, and the share of
 * D1's time that refreshing takes. BENCH_CONTACTS adds a house. Timed.
 */
import type { Fact } from '../core/facts/fact.ts';
import { refreshMarts } from '../warehouse/stored/refresh-marts.ts';
import { loadHouse } from './copies.ts';
import { openDashboard } from './dashboard.ts';
import { type BenchHouse, withBenchHouse } from './house.ts';
import { contactsOf, type Gate, type Measure, QUICK } from './measure.ts';
import { personOf } from './synthetic-facts.ts';

/** In houses of so many the dashboard itself refreshes; the others wait for a cron. */
const SMALL = 340;
const LARGE = contactsOf(10_000, 1200);
const CRON_MS = 60_000;
const FACTS = QUICK ? 2 : 5;

async function post(house: BenchHouse, facts: Fact[]): Promise<void> {
  const answer = await house.call('/import/facts', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ facts }),
  });
  if (!answer.ok) throw new Error(`the door answered ${answer.status}: ${await answer.text()}`);
}

/** The longest of some waits, in seconds, while one browser asks again and again. */
async function waitInSmallHouse(house: BenchHouse): Promise<number> {
  const page = await openDashboard(house);
  let longest = 0;
  for (let people = SMALL + 1; people <= SMALL + FACTS; people++) {
    const started = performance.now();
    await post(house, [personOf(people).contact]);
    while (!(await page()).includes(`${people} people`))
      if (performance.now() - started > CRON_MS) throw new Error('the number never came');
    longest = Math.max(longest, performance.now() - started);
  }
  return longest / 1000;
}

type Refresh = { cost_ms: number; wall_ms: number };

/** A refresh after one more fact, as the cron runs it. */
async function refreshOnce(house: BenchHouse, people: number): Promise<Refresh> {
  await post(house, [personOf(people).contact]);
  await house.db.prepare('update mart_refreshes set finished_at = 0 where finished_at > 0').run();
  const started = performance.now();
  if (!(await refreshMarts(house.db, house.config))) throw new Error('no refresh was due');
  const wall_ms = performance.now() - started;
  const { cost_ms } = (await house.db
    .prepare('select cost_ms from mart_refreshes order by refresh_id desc limit 1')
    .first<{ cost_ms: number }>())!;
  return { cost_ms, wall_ms };
}

/** The house rests nine times what a refresh has cost, and a cron asks every minute. */
function measuresOf(contacts: number, { cost_ms, wall_ms }: Refresh, seen?: number): Measure[] {
  const begins = Math.max(CRON_MS, Math.ceil((9 * cost_ms) / CRON_MS) * CRON_MS);
  const each = { gate: 15, better: 'less' as const };
  const note = `a refresh costs D1 ${(cost_ms / 1000).toFixed(2)} s`;
  const wait =
    seen === undefined
      ? {
          value: (begins + wall_ms) / 1000,
          reference: 'computed, at worst: the rest, the cron’s minute, one refresh',
        }
      : { value: seen, reference: `timed: the longest of ${FACTS}, while one browser asks` };
  const isLarge = contacts > 10_000;
  return [
    {
      ...each,
      measure: `from the door to the dashboard, s, ${contacts} contacts`,
      ...wait,
      limit: isLarge ? 300 : 60,
      moonshot: isLarge ? 60 : contacts > SMALL ? 30 : 5,
      note,
    },
    {
      ...each,
      measure: `share of D1’s time for refreshing, ${contacts} contacts`,
      value: cost_ms / (cost_ms + (seen === undefined ? begins : 9 * cost_ms)),
      reference: 'computed: cost ÷ (cost + time until the next), if facts never stop',
      limit: 0.1,
      moonshot: 0.05,
    },
  ];
}

async function run(): Promise<Measure[]> {
  const small = await withBenchHouse(async (house) => {
    await loadHouse(house, SMALL);
    await refreshMarts(house.db, house.config);
    const seen = await waitInSmallHouse(house);
    return measuresOf(SMALL, await refreshOnce(house, SMALL + FACTS + 1), seen);
  });
  const large = await withBenchHouse(async (house) => {
    await loadHouse(house, LARGE);
    await refreshMarts(house.db, house.config);
    return measuresOf(LARGE, await refreshOnce(house, LARGE + 1));
  });
  return [...small, ...large];
}

export const gate: Gate = { name: '15', run };
