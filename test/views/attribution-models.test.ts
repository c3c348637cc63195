/**
 * The models of credit on paths of one to six touches a week apart, through the views, against
 * paper (R8b–R8d).
 */
import { expect, it } from 'vitest';
import { publishedModels, WHOLE_PPB } from '../../core/attribution/models.ts';
import { byHand, paths } from '../attribution-by-hand.ts';
import { parts } from './attribution-oracle.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const bought = at('2026-06-30T12:00:00');

const house = new SqliteHouse();
for (const touches of paths) {
  const contact_id = touches.length;
  const instant = (age_ms: number) => bought - age_ms;
  const lead = touches.find(({ is_lead }) => is_lead)!;
  house.insert('contacts', [
    { contact_id, contact_key: `k${contact_id}`, lead_added_at: instant(lead.age_ms) },
  ]);
  for (const [i, { channel, age_ms, is_opportunity }] of touches.entries())
    if (is_opportunity)
      house.insert('calls', [
        {
          contact_id,
          call_key: `c${contact_id}`,
          provider: 'manual',
          class: 'booked',
          direction: 'outbound',
          booked_at: instant(age_ms),
        },
      ]);
    else
      house.insert('interactions', [
        {
          contact_id,
          interaction_key: `i${i}`,
          provider: 'api',
          channel: 'web',
          direction: 'inbound',
          utm_medium: 'cpc',
          occurred_at: instant(age_ms),
          utm_source: channel === 'direct' ? null : channel,
        },
      ]);
  house.insert('purchases', [
    {
      contact_id,
      purchase_key: 'p',
      provider: 'api',
      product_name: 'Course',
      kind: 'one_off',
      status: 'enrolled',
      purchased_at: bought,
      amount_minor: 10_000,
      currency: 'USD',
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
      credits.find(
        (row) => row.contact_id === length && row.model === model && row.position === i + 1,
      )?.[column] ?? 0,
  );

it('has every rule model, and no rows of a data-driven one that has learnt nothing yet', () => {
  const found = house.query('select distinct model from attribution_summary', { as_of: bought });
  expect(found.map(({ model }) => model).sort()).toEqual(Object.keys(byHand).sort());
  expect([...Object.keys(byHand), 'markov_1']).toEqual(publishedModels);
});

for (const [model, rows] of Object.entries(byHand))
  it.each(rows.map((shares) => [shares.length, shares] as const))(
    `${model} on %i touches`,
    (length, shares) => {
      // Twice, because some are halves and only whole numbers can be cut.
      const weights = shares.map((share) => 2 * share);
      expect(of(length, model, 'share_ppb')).toEqual(parts(WHOLE_PPB, weights));
    },
  );

it('cuts what is left by the largest remainder, ties by position', () => {
  expect(of(3, 'linear', 'share_ppb')).toEqual([333_333_334, 333_333_333, 333_333_333]);
  expect(of(5, 'u_shaped', 'share_ppb')).toEqual([
    400_000_000, 66_666_667, 66_666_667, 66_666_666, 400_000_000,
  ]);
  expect(of(3, 'linear', 'value_minor')).toEqual([3334, 3333, 3333]);
  expect(of(3, 'time_decay', 'value_minor')).toEqual([1429, 2857, 5714]);
});

it('sums the lookbacks apart: 30 days hold five of six weekly touches', () => {
  const rows = house.query(
    `select lookback, sum(conversions) as conversions, sum(revenue) as revenue
    from attribution_summary
    where conversion_type = 'first_purchase' and model = 'first'
      and dimension = 'channel' and value = 'direct'
    group by lookback order by lookback`,
    { as_of: bought },
  );
  // The first touch is direct on the paths of 1, 2, 4 and 6 touches; without the sixth's eldest the
  // next is direct, too.
  expect(rows).toEqual(
    ['30d', '90d', 'all'].map((lookback) => ({ lookback, conversions: 4, revenue: 40_000 })),
  );
});
