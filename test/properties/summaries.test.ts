/**
 * What each batch derives for the contacts that it touched is what deriving everyone makes,
 * whatever came (decision 3).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refreshAll, refreshContacts } from '../../warehouse/derive/refresh.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { history, NOW } from './histories.ts';
import { arrivals, ofItsOwn, roundsOf } from './many-histories.ts';
import { configOf, openSmallHouse } from './small-house.ts';

const HISTORIES = process.env.FULL ? 600 : 40;
const SEED = 20_260_602;

const config = configOf(NOW);
let house: Awaited<ReturnType<typeof openSmallHouse>>;
beforeAll(async () => {
  house = await openSmallHouse(config);
});
afterAll(() => house?.close());

const rowsOf = async (sql: string): Promise<string[]> =>
  (await house.db.prepare(sql).all()).results.map((row) => JSON.stringify(row));

const derived = async () => ({
  histories: await rowsOf('select * from status_changes order by contact_id, field, occurred_at'),
  summaries: await rowsOf('select * from contact_summary order by contact_id'),
});

/**
 * A score fades, a VIP is the whole house's (L3), and a new currency unsettles what is stored of
 * everyone: by day all three wait for the night.
 */
const withoutNightly = ({ histories, summaries }: Awaited<ReturnType<typeof derived>>) => ({
  histories,
  summaries: summaries.map((row) => ({
    ...JSON.parse(row),
    score_milli: 0,
    vip: 0,
    valid_until: 0,
  })),
});

it('contacts derived in batches equal all derived at once, and derived from scratch', async () => {
  const histories = fc.sample(history, { numRuns: HISTORIES, seed: SEED }).map(ofItsOwn);
  for (const facts of roundsOf(histories).flatMap(arrivals)) {
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
