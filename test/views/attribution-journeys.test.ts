/**
 * Paths, with and without a conversion at their end, and the touches of a conversion, worked out by
 * hand (R8, R8a, R8d).
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const bought = at('2026-06-30T12:00:00');
const daysBefore = (days: number): number => bought - days * DAY;

const house = new SqliteHouse();
const person = (contact_id: number, channel_origin: string | null, added: number) =>
  house.insert('contacts', [
    { contact_id, contact_key: `k${contact_id}`, channel_origin, lead_added_at: added },
  ]);
const touch = (contact_id: number, occurred_at: number, channel: string) =>
  house.insert('interactions', [
    {
      contact_id,
      interaction_key: `i${occurred_at}`,
      provider: 'api',
      occurred_at,
      channel,
      direction: 'inbound',
    },
  ]);
const booking = (contact_id: number, booked_at: number) =>
  house.insert('calls', [
    {
      contact_id,
      call_key: `c${booked_at}`,
      provider: 'manual',
      class: 'booked',
      direction: 'outbound',
      booked_at,
    },
  ]);
const sale = (contact_id: number, purchased_at: number, amount_minor: number, currency = 'USD') =>
  house.insert('purchases', [
    {
      contact_id,
      purchase_key: `p${purchased_at}`,
      provider: 'api',
      product_name: 'Course',
      kind: 'one_off',
      purchased_at,
      amount_minor,
      currency,
      status: 'enrolled',
    },
  ]);

// 1: an old source, then referral, booking, event, and buys. 2: the same way in the last 30 days,
// in another currency.
person(1, 'linkedin', daysBefore(200));
touch(1, daysBefore(20), 'referral');
booking(1, daysBefore(10));
touch(1, daysBefore(4), 'event');
sale(1, bought, 10_000);
person(2, 'unknown', daysBefore(29));
touch(2, daysBefore(8), 'referral');
booking(2, daysBefore(6));
touch(2, daysBefore(2), 'event');
sale(2, bought, 700, 'AUD');
// 3: goes that way without buying, a hundred days ago, beside a touch that is older than 30 days
// before its last.
person(3, 'linkedin', daysBefore(170));
touch(3, daysBefore(121), 'referral');
booking(3, daysBefore(110));
touch(3, daysBefore(100), 'event');
// 4: nobody knows where from, and nothing happened. 5: buys with no touch in 30 days, and again
// after two events.
person(4, null, daysBefore(3));
person(5, 'organic', daysBefore(200));
sale(5, daysBefore(60), 0);
touch(5, daysBefore(9), 'event');
touch(5, daysBefore(5), 'event');
sale(5, daysBefore(1), 500);
touch(5, bought, 'referral');
// 6: added 20 days before the sale by nobody knows whom; the one thing known of the way is 40 days
// old.
person(6, 'unknown', daysBefore(20));
touch(6, daysBefore(40), 'referral');
sale(6, bought, 300);

const paths = (conversion_type: string) =>
  house.query(
    `select path, length, converting, non_converting, revenue, other_currency_purchases,
      median_days
    from attribution_paths where conversion_type = '${conversion_type}' order by path`,
    { as_of: bought },
  );

it('counts who bought beside who went the same way and did not', () => {
  expect(paths('first_purchase')).toEqual([
    {
      path: 'referral > call > event',
      length: 3,
      converting: 2,
      non_converting: 1,
      // Of 8 and 20 days the lower is the median; the Australian sale is not counted in dollars.
      revenue: 10_000,
      other_currency_purchases: 1,
      median_days: 8,
    },
    {
      path: 'unattributed',
      length: 0,
      converting: 1,
      non_converting: 0,
      revenue: 0,
      other_currency_purchases: 0,
      median_days: null,
    },
    {
      path: 'unknown',
      length: 1,
      converting: 1,
      non_converting: 1,
      revenue: 300,
      other_currency_purchases: 0,
      median_days: 20,
    },
  ]);
});

it('names the currency of its revenue, and the paths too rare for a rate (F8, R1)', () => {
  expect(
    house.query('select distinct currency, below_threshold from attribution_paths', {
      as_of: bought,
    }),
  ).toEqual([{ currency: 'USD', below_threshold: 1 }]);
  const crowd = new SqliteHouse({ currency: 'JPY' });
  for (let contact_id = 1; contact_id <= 19; contact_id++)
    crowd.insert('contacts', [
      {
        contact_id,
        contact_key: `k${contact_id}`,
        lead_added_at: daysBefore(1),
        channel_origin: contact_id <= 10 ? 'event' : 'paid',
      },
    ]);
  expect(
    crowd.query(
      `select path, paths, currency, below_threshold from attribution_paths
      where conversion_type = 'first_purchase' order by path`,
      { as_of: bought },
    ),
  ).toEqual([
    { path: 'event', paths: 10, currency: 'JPY', below_threshold: 0 },
    { path: 'paid', paths: 9, currency: 'JPY', below_threshold: 1 },
  ]);
});

it('takes for a repeat what came after the last purchase', () => {
  expect(
    paths('repeat_purchase').map(({ path, converting, non_converting }) => [
      path,
      converting,
      non_converting,
    ]),
  ).toEqual([
    ['event > event', 1, 0],
    ['referral', 0, 1],
  ]);
});

it('takes for a booking what came after the last one, or all', () => {
  expect(
    paths('booking').map(({ path, converting, non_converting }) => [
      path,
      converting,
      non_converting,
    ]),
  ).toEqual([
    // 1, 2 and 3 go on after their bookings; 5 and 6 never booked, and 5's source is long past.
    ['event', 0, 3],
    ['event > event > referral', 0, 1],
    ['referral', 3, 1],
    ['unknown', 0, 1],
  ]);
});

it('names the roles of the touches of the longest path', () => {
  const touches = house.query(
    `select contact_key, position, role, days_before, channel from attribution_touch
    where conversion_type = 'first_purchase' and contact_key in ('k1', 'k2', 'k5')
      and lookback = 'all'
    order by contact_key, position`,
    { as_of: bought },
  );
  expect(touches.map((row) => Object.values(row))).toEqual([
    ['k1', 1, 'first, lead', 200, 'linkedin'],
    ['k1', 2, 'between', 20, 'referral'],
    ['k1', 3, 'opportunity', 10, 'call'],
    ['k1', 4, 'close', 4, 'event'],
    ['k2', 1, 'first', 8, 'referral'],
    ['k2', 2, 'opportunity', 6, 'call'],
    ['k2', 3, 'close', 2, 'event'],
    ['k5', 1, 'first, lead, close', 140, 'organic'],
  ]);
});

it('holds every touch that is credited, with the longest lookback whose path it is on', () => {
  const touches = house.query(
    `select contact_key, lookback, touch_key, position, path_length, role from attribution_touch
    where conversion_type = 'first_purchase' and contact_key in ('k5', 'k6')
    order by contact_key, lookback desc`,
    { as_of: bought },
  );
  expect(touches.map((row) => Object.values(row))).toEqual([
    ['k5', 'all', 'source', 1, 1, 'first, lead, close'],
    ['k5', '90d', 'unattributed', 0, 0, 'none'],
    ['k6', 'all', `interaction i${daysBefore(40)}`, 1, 1, 'first, lead, close'],
    ['k6', '30d', 'source', 1, 1, 'first, lead, close'],
  ]);
  const missing = house.query(
    `select c.contact_key, c.conversion_type, c.touch_key, c.lookback from attribution_credit as c
    left join attribution_touch as t on t.contact_key = c.contact_key
      and t.conversion_type = c.conversion_type
      and t.conversion_key = c.conversion_key and t.touch_key = c.touch_key
    where t.touch_key is null`,
    { as_of: bought },
  );
  expect(missing).toEqual([]);
});

it('keeps a conversion without a touch in the tables of touches and credits', () => {
  const credits = house.query(
    `select lookback, touch_key, share_ppb, value from attribution_credit
    where conversion_type = 'first_purchase' and contact_key = 'k5' and model = 'linear'
    order by lookback`,
    { as_of: bought },
  );
  expect(credits.map((row) => Object.values(row))).toEqual([
    ['30d', 'unattributed', 1_000_000_000, 0],
    ['90d', 'unattributed', 1_000_000_000, 0],
    ['all', 'source', 1_000_000_000, 0],
  ]);
});

it('leaves out people not added yet, and counts their earlier sale once they are', () => {
  const early = new SqliteHouse();
  early.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: bought + DAY }]);
  early.insert('purchases', [
    {
      contact_id: 1,
      purchase_key: 'p',
      provider: 'api',
      product_name: 'Course',
      kind: 'one_off',
      purchased_at: bought,
      amount_minor: 900,
      currency: 'USD',
      status: 'enrolled',
    },
  ]);
  for (const table of [
    'attribution_paths',
    'attribution_touch',
    'attribution_credit',
    'attribution_summary',
  ]) {
    expect(early.query(`select * from ${table}`, { as_of: bought }), table).toEqual([]);
    expect(early.query(`select * from ${table}`, { as_of: bought + DAY }), table).not.toEqual([]);
  }
});

it('says nothing of an empty house', () => {
  const empty = new SqliteHouse({ currency: null });
  for (const table of [
    'attribution_paths',
    'attribution_touch',
    'attribution_credit',
    'attribution_summary',
  ])
    expect(empty.query(`select * from ${table}`, { as_of: bought })).toEqual([]);
});
