/**
 * What each batch derives for the contacts that it touched is what deriving everyone makes,
 * whatever came (decision 3).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import { refreshAll, refreshContacts } from '../../warehouse/derive/refresh.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { history, NOW } from './histories.ts';
import { configOf, openSmallHouse } from './small-house.ts';

const HISTORIES = process.env.FULL ? 600 : 40;
const SEED = 20_260_602;
/** So many facts land at once, of many histories, as in a queue's batch. */
const BATCH = 250;

const config = configOf(NOW);
let house: Awaited<ReturnType<typeof openSmallHouse>>;
beforeAll(async () => {
  house = await openSmallHouse(config);
});
afterAll(() => house?.close());

/**
 * The same history of people of its own: addresses, and with them the keys of what is theirs, get a
 * number.
 */
const ofItsOwn = (batches: Fact[][], n: number): Fact[][] =>
  JSON.parse(
    JSON.stringify(batches)
      .replaceAll('@example.org', `@house${n}.example.org`)
      .replaceAll('+6140000000', `+614${String(100 + n)}00`)
      .replace(/student(\d)/g, `student${n}-$1`),
  );

/** The first batches of all histories, then their second ones, and so on, a few facts at a time. */
function arrivals(histories: Fact[][][]): Fact[][] {
  const rounds = Math.max(...histories.map((batches) => batches.length));
  return Array.from({ length: rounds }, (_, round) =>
    histories.flatMap((batches) => batches[round] ?? []),
  ).flatMap((facts) =>
    Array.from({ length: Math.ceil(facts.length / BATCH) }, (_, i) =>
      facts.slice(i * BATCH, (i + 1) * BATCH),
    ),
  );
}

const rowsOf = async (sql: string): Promise<string[]> =>
  (await house.db.prepare(sql).all()).results.map((row) => JSON.stringify(row));

const derived = async () => ({
  histories: await rowsOf('select * from status_changes order by contact_id, field, occurred_at'),
  summaries: await rowsOf('select * from contact_summary order by contact_id'),
});

/** A score fades and a VIP is the whole house's: by day both wait for the night (L3). */
const withoutNightly = ({ histories, summaries }: Awaited<ReturnType<typeof derived>>) => ({
  histories,
  summaries: summaries.map((row) => ({ ...JSON.parse(row), score_milli: 0, vip: 0 })),
});

it('contacts derived in batches equal all derived at once, and derived from scratch', async () => {
  const histories = fc.sample(history, { numRuns: HISTORIES, seed: SEED }).map(ofItsOwn);
  for (const facts of arrivals(histories)) {
    const { contact_ids } = await writeFacts(house.db, facts, config);
    await refreshContacts(house.db, contact_ids, NOW);
  }
  const byDay = await derived();
  await refreshAll(house.db, NOW);
  const byNight = await derived();
  expect(withoutNightly(byNight)).toEqual(withoutNightly(byDay));

  await house.db.batch(
    ['status_changes', 'contact_summary'].map((name) => house.db.prepare(`delete from ${name}`)),
  );
  await refreshAll(house.db, NOW);
  expect(await derived()).toEqual(byNight);

  const merged = await house.db.prepare('select count(*) as n from merges').first<{ n: number }>();
  expect(merged!.n).toBeGreaterThan(HISTORIES / 4);
  expect(byNight.histories.length).toBeGreaterThan(HISTORIES);
}, 600_000);
