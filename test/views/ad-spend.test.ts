/**
 * What was spent beside what it earned, worked out by hand; a spend that nobody stated is unknown,
 * never nothing.
 */
import { expect, it } from 'vitest';
import { openDuckDb } from '../engines/duckdb.ts';
import { storedTables } from '../engines/engine-house.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30T12:00:00');
const house = new SqliteHouse();

// 1 comes by google and then meta, and pays 100; 2 by google alone, and pays 60 in another
// currency.
const touch = (contact_id: number, day: string, utm_source: string) => ({
  contact_id,
  interaction_key: `i${contact_id}${utm_source}`,
  provider: 'api',
  channel: 'web',
  direction: 'inbound',
  occurred_at: at(day),
  utm_source,
  utm_medium: 'cpc',
  campaign_id: 'spring',
});
const sale = (contact_id: number, amount_minor: number, currency: string) => ({
  contact_id,
  purchase_key: `p${contact_id}`,
  provider: 'api',
  product_name: 'Course',
  kind: 'one_off',
  purchased_at: at('2026-06-20'),
  amount_minor,
  currency,
  status: 'enrolled',
});
const spent = (
  channel: string,
  day: string,
  amount_minor: number,
  campaign_id: string | null,
  currency = 'USD',
) => ({
  spend_key: `${channel} ${day} ${currency}`,
  provider: 'csv',
  channel,
  campaign_id,
  spent_at: at(day),
  amount_minor,
  currency,
});
house.insert('contacts', [
  { contact_id: 1, contact_key: 'k1', lead_added_at: at('2026-06-10') },
  { contact_id: 2, contact_key: 'k2', lead_added_at: at('2026-06-10') },
]);
house.insert('interactions', [
  touch(1, '2026-06-11', 'google'),
  touch(1, '2026-06-15', 'meta'),
  touch(2, '2026-06-12', 'google'),
]);
house.insert('purchases', [sale(1, 10_000, 'USD'), sale(2, 6_000, 'AUD')]);
house.insert('ad_spend', [
  spent('google', '2026-06-01', 2_000, 'spring'),
  spent('google', '2026-06-30', 500, null),
  spent('google', '2026-05-31', 9_900, 'spring'),
  spent('billboard', '2026-06-02', 700, null),
  spent('google', '2026-06-03', 300, 'spring', 'EUR'),
  spent('google', '2026-07-01', 8_800, 'spring'),
]);

const rows = (model: string, dimension: string, month = '2026-06-01') =>
  house
    .query(
      `select value, currency, conversions, revenue, spend, roas, cpa, rank, rank_spread
       from attribution_summary
       where conversion_type = 'first_purchase' and model = '${model}' and lookback = '30d'
         and dimension = '${dimension}' and month_start = '${month}' order by currency, rank`,
      { as_of },
    )
    .map((row) => Object.values(row));

it('stands beside the channel in its month and currency, whatever the model', () => {
  expect(rows('linear', 'channel')).toEqual([
    ['google', 'AUD', 1, 6_000, null, null, null, 1, 0],
    ['google', 'EUR', 0, 0, 300, 0, null, 1, 0],
    // 2,000 + 500 for half a conversion: 5,000 for a whole one, and 5,000 earned with 2,500.
    ['google', 'USD', 0.5, 5_000, 2_500, 2, 5_000, 1, 2],
    // First under last; under first it has nothing, and stands behind the billboard by its name. So
    // does google under last.
    ['meta', 'USD', 0.5, 5_000, null, null, null, 2, 2],
    ['billboard', 'USD', 0, 0, 700, 0, null, 3, 1],
  ]);
});

it('counts a campaign by its own name, and what names none as no campaign', () => {
  expect(rows('first', 'campaign')).toEqual([
    ['spring', 'AUD', 1, 6_000, null, null, null, 1, 0],
    ['spring', 'EUR', 0, 0, 300, 0, null, 1, 0],
    ['spring', 'USD', 1, 10_000, 2_000, 5, 2_000, 1, 0],
  ]);
});

it('has no cost per conversion below a thousandth of one, on every engine', async () => {
  const crowd = new SqliteHouse();
  const path = (contact_id: number, first: string, others: number, first_day: string) => {
    crowd.insert('contacts', [
      { contact_id, contact_key: `k${contact_id}`, lead_added_at: at('2026-01-01') },
    ]);
    crowd.insert('interactions', [
      touch(contact_id, first_day, first),
      ...Array.from({ length: others }, (_, n) => {
        const visit = touch(contact_id, '2026-06-15', 'meta');
        return {
          ...visit,
          interaction_key: `i${contact_id} ${n}`,
          occurred_at: visit.occurred_at + n,
        };
      }),
    ]);
  };
  path(1, 'google', 999, '2026-06-15');
  path(2, 'yahoo', 1000, '2026-06-15');
  // A touch of half a year ago has some billionths under time_decay: its cost would be past what
  // programs read.
  path(3, 'bing', 1, '2025-12-10');
  crowd.insert(
    'purchases',
    [1, 2, 3].map((contact_id) => sale(contact_id, 10_000, 'USD')),
  );
  crowd.insert(
    'ad_spend',
    ['google', 'yahoo', 'bing'].map((channel) =>
      spent(channel, '2026-06-01', 10_000_000_000, null),
    ),
  );
  const costs = (of: Record<string, unknown>[]) =>
    of
      .filter(
        (row) =>
          row.conversion_type === 'first_purchase' &&
          row.dimension === 'channel' &&
          row.lookback === 'all',
      )
      .filter(
        ({ model, value }) => ['linear', 'time_decay'].includes(String(model)) && value !== 'meta',
      )
      .map(({ value, model, cpa }) => `${value} ${model} ${cpa}`)
      .sort();
  const expected = [
    'bing linear 20000000000',
    'bing time_decay null',
    'google linear 10000000000000',
    'google time_decay null',
    'yahoo linear null',
    'yahoo time_decay null',
  ];
  expect(costs(crowd.query('select * from attribution_summary', { as_of }))).toEqual(expected);
  const duckDb = await openDuckDb(storedTables(crowd), as_of);
  expect(costs(await duckDb.whole('attribution_summary'))).toEqual(expected);
  await duckDb.close();
});

it('keeps a month in which nobody converted, and leaves out what is yet to be spent', () => {
  expect(rows('last', 'channel', '2026-05-01')).toEqual([
    ['google', 'USD', 0, 0, 9_900, 0, null, 1, 0],
  ]);
  expect(rows('last', 'channel', '2026-07-01')).toEqual([]);
  expect(house.query('select sum(amount) as amount from fct_ad_spend', { as_of })).toEqual([
    { amount: 13_400 },
  ]);
});

it('meets the campaign of an advert in the link that a person came by, at first and later', () => {
  const adverts = new SqliteHouse();
  const visit = {
    contact_id: 1,
    provider: 'api',
    channel: 'web',
    direction: 'inbound',
    utm_source: 'google',
  };
  adverts.insert('contacts', [
    {
      contact_id: 1,
      contact_key: 'k1',
      channel_origin: 'paid',
      utm_campaign: 'search',
      lead_added_at: at('2026-06-10'),
    },
  ]);
  adverts.insert('interactions', [
    {
      ...visit,
      interaction_key: 'a',
      occurred_at: at('2026-06-12'),
      utm_medium: 'CPC',
      utm_campaign: 'again',
    },
    {
      ...visit,
      interaction_key: 'b',
      occurred_at: at('2026-06-14'),
      outcome: 'form',
      campaign_id: 'spring',
    },
    { ...visit, interaction_key: 'c', occurred_at: at('2026-06-15'), outcome: 'form' },
  ]);
  adverts.insert('purchases', [sale(1, 10_000, 'USD')]);
  adverts.insert('ad_spend', [spent('google', '2026-06-01', 1_000, 'search')]);
  const earned = adverts.query(
    `select value, revenue, spend, roas from attribution_summary
     where conversion_type = 'first_purchase' and model = 'linear' and lookback = '30d'
       and dimension = 'campaign' order by value`,
    { as_of },
  );
  expect(earned.map((row) => Object.values(row))).toEqual([
    ['again', 2_500, null, null],
    ['none', 2_500, null, null],
    ['search', 2_500, 1_000, 2.5],
    ['spring', 2_500, null, null],
  ]);
  expect(adverts.query('select campaign from dim_campaign order by campaign', { as_of })).toEqual(
    ['again', 'none', 'search', 'spring'].map((campaign) => ({ campaign })),
  );
});
