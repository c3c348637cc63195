/** The rule models on paths of one to six touches a week apart, worked out by hand (R8b, R8c). */
import { expect, it } from 'vitest';
import { at, SqliteHouse } from './sqlite-house.ts';

const WEEK = 7 * 86_400_000;
const bought = at('2026-06-30T12:00:00');
const whole = 1_000_000_000;

const byHand: Record<string, number[][]> = {
  first: [1, 2, 3, 4, 5, 6].map((n) => [whole, ...Array<number>(n - 1).fill(0)]),
  last: [1, 2, 3, 4, 5, 6].map((n) => [...Array<number>(n - 1).fill(0), whole]),
  linear: [
    [whole],
    [500_000_000, 500_000_000],
    [333_333_334, 333_333_333, 333_333_333],
    [250_000_000, 250_000_000, 250_000_000, 250_000_000],
    [200_000_000, 200_000_000, 200_000_000, 200_000_000, 200_000_000],
    [166_666_667, 166_666_667, 166_666_667, 166_666_667, 166_666_666, 166_666_666],
  ],
  u_shaped: [
    [whole],
    [500_000_000, 500_000_000],
    [400_000_000, 200_000_000, 400_000_000],
    [400_000_000, 100_000_000, 100_000_000, 400_000_000],
    [400_000_000, 66_666_667, 66_666_667, 66_666_666, 400_000_000],
    [400_000_000, 50_000_000, 50_000_000, 50_000_000, 50_000_000, 400_000_000],
  ],
  time_decay: [
    [whole],
    [333_333_333, 666_666_667],
    [142_857_143, 285_714_286, 571_428_571],
    [66_666_667, 133_333_333, 266_666_667, 533_333_333],
    [32_258_065, 64_516_129, 129_032_258, 258_064_516, 516_129_032],
    [15_873_016, 31_746_032, 63_492_063, 126_984_127, 253_968_254, 507_936_508],
  ],
};

const touches = (contact_id: number, length: number) =>
  Array.from({ length }, (_, i) => ({
    contact_id,
    interaction_key: `i${i}`,
    source: 'api',
    occurred_at: bought - (length - 1 - i) * WEEK,
    channel: 'event',
    direction: 'inbound',
  }));

const house = new SqliteHouse();
for (let length = 1; length <= 6; length++) {
  house.insert('contacts', [{ contact_id: length, contact_key: `k${length}`, lead_added_at: at('2026-01-05') }]);
  house.insert('interactions', touches(length, length));
  house.insert('purchases', [
    {
      contact_id: length,
      purchase_key: 'p',
      source: 'api',
      purchased_at: bought,
      product_name: 'Course',
      kind: 'one_off',
      amount_minor: 10_000,
      currency: 'USD',
      status: 'enrolled',
    },
  ]);
}
const credits = house.query(
  `select contact_id, model, position, share_ppb, value_minor
  from int_attribution_credits
  where conversion_type = 'first_purchase' and in_all = 1
  order by 1, 2, 3`,
  { as_of: bought },
);
const of = (length: number, model: string, column: string) =>
  Array.from(
    { length },
    (_, i) =>
      credits.find((row) => row.contact_id === length && row.model === model && row.position === i + 1)?.[column] ?? 0,
  );

for (const [model, paths] of Object.entries(byHand))
  it.each(paths.map((shares) => [shares.length, shares] as const))(`${model} on %i touches`, (length, shares) => {
    expect(of(length, model, 'share_ppb')).toEqual(shares);
  });

it('allots minor units by the largest remainder, ties by position', () => {
  expect(of(3, 'linear', 'value_minor')).toEqual([3334, 3333, 3333]);
  expect(of(3, 'time_decay', 'value_minor')).toEqual([1429, 2857, 5714]);
});

it('sums the lookbacks apart: 30 days hold five of six weekly touches', () => {
  const rows = house.query(
    `select lookback, value, sum(conversions) as conversions, sum(revenue) as revenue from attribution_summary
    where conversion_type = 'first_purchase' and model = 'linear' and dimension = 'channel'
    group by lookback, value order by lookback`,
    { as_of: bought },
  );
  expect(rows).toEqual(
    ['30d', '90d', 'all'].map((lookback) => ({ lookback, value: 'event', conversions: 6, revenue: 60_000 })),
  );
});
