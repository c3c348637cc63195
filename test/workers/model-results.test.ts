/**
 * What a night learns of markov_1 from everybody's paths, and the credits by it, worked out by hand
 * (R8d).
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BenchHouse, openBenchHouse } from '../../bench/house.ts';
import { AS_OF } from '../../bench/synthetic-facts.ts';
import { render } from '../../sql/render.ts';
import { learnModels } from '../../warehouse/nights/model-results.ts';

let house: BenchHouse;

async function tell(path: string, row: object): Promise<void> {
  const answer = await house.call(path, {
    method: 'POST',
    body: JSON.stringify(row),
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.status, await answer.clone().text()).toBe(202);
}

const visit = (who: string, day: number, utm_source: string) =>
  tell('/api/interactions', {
    contact: `${who}@example.org`,
    external_id: `${who}-${day}`,
    occurred_at: `2026-06-0${day}T10:00:00Z`,
    channel: 'web',
    direction: 'inbound',
    utm_source,
    utm_medium: 'cpc',
  });

const ask = async (select: string): Promise<unknown[][]> =>
  (await house.db.prepare(render(select, { as_of: AS_OF })).raw()) as unknown[][];

beforeAll(async () => {
  house = await openBenchHouse();
  // Ann goes a, b, c and buys; Bob stops after a, Cy after b and c.
  await visit('ann', 1, 'a');
  await visit('ann', 2, 'b');
  await visit('ann', 3, 'c');
  await tell('/api/purchases', {
    contact: 'ann@example.org',
    external_id: 'sale',
    purchased_at: '2026-06-04T10:00:00Z',
    amount: '100.01',
    currency: 'USD',
    product: 'Course',
  });
  await visit('bob', 1, 'a');
  await visit('cy', 1, 'b');
  await visit('cy', 2, 'c');
  await house.until('select count(*) from interactions', 6);
  await house.until('select count(*) from purchases', 1);
  await learnModels(house.db, AS_OF);
  await learnModels(house.db, AS_OF);
});
afterAll(() => house?.close());

it('keeps the removal effect of each channel', async () => {
  // Two of three start at a, of whom half go on to b; all go from b to c, where half buy: (2/3 ·
  // 1/2 + 1/3) · 1/2 = 1/3 of all. Without a 1/3 · 1/2 are left, a half; without b or c none.
  const results = await house.db
    .prepare(
      `select channel, effect_ppb from model_results
       where model = 'markov_1' and conversion_type = 'first_purchase' and lookback = '30d'
         and as_of = ${AS_OF} order by 1`,
    )
    .raw<[string, number]>();
  expect(results).toEqual([
    ['a', 500_000_000],
    ['b', 1_000_000_000],
    ['c', 1_000_000_000],
    ['unattributed', 0],
  ]);
});

it('shares the purchase along its own path', async () => {
  const credits = await ask(
    `select channel, share_ppb, value from attribution_credit
     where model = 'markov_1' and conversion_type = 'first_purchase' and lookback = '30d'
     order by channel`,
  );
  expect(credits).toEqual([
    ['a', 200_000_000, 2000],
    ['b', 400_000_000, 4001],
    ['c', 400_000_000, 4000],
  ]);
});

it('sums what the month has of it', async () => {
  const rows = await ask(
    `select value, conversions, revenue, share_lo, share_hi from attribution_summary
     where model = 'markov_1' and conversion_type = 'first_purchase' and lookback = 'all'
       and dimension = 'channel' order by value`,
  );
  expect(rows.map((row) => row.slice(0, 3))).toEqual([
    ['a', 0.2, 2000],
    ['b', 0.4, 4001],
    ['c', 0.4, 4000],
  ]);
  // Where chance leaves Cy out, nobody comes to b but by a, which is then worth as much as the
  // others: a third. Three of Cy leave it with a quarter of the passages: 1/4 of 9/4.
  expect(rows[0]!.slice(3)).toEqual([1 / 9, 1 / 3]);
});
