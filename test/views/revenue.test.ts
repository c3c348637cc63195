/**
 * What customers are worth (F8, marts.md): months worked out by hand, and the first touch that
 * attribution finds as well.
 */
import { describe, expect, it } from 'vitest';
import { randomAsOf, randomHouse } from './random-house.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30');
const house = new SqliteHouse();
const lead = (contact_id: number, day: string, more = {}) =>
  house.insert('contacts', [
    { contact_id, contact_key: `k${contact_id}`, lead_added_at: at(day), ...more },
  ]);
const bought = (contact_id: number, day: string, kind: string, amount_minor: number, more = {}) =>
  house.insert('purchases', [
    {
      contact_id,
      purchase_key: `${contact_id} ${day} ${kind}`,
      provider: 'api',
      purchased_at: at(day),
      kind,
      amount_minor,
      product_name: kind === 'subscription' ? 'Club' : 'Course',
      currency: 'USD',
      status: 'enrolled',
      ...more,
    },
  ]);

lead(1, '2026-01-05', { channel_origin: 'linkedin' });
bought(1, '2026-01-10', 'one_off', 10_000);
bought(1, '2026-02-20', 'refund', -3000, { refund_of_key: '1 2026-01-10 one_off' });
bought(1, '2026-03-20', 'one_off', 5000);
// Three months of a subscription, then silence.
lead(2, '2026-01-07', { channel_origin: 'organic' });
for (const day of ['2026-01-20', '2026-02-20', '2026-03-20']) bought(2, day, 'subscription', 2000);
// A quarterly subscription in another currency that runs; its second receipt is 90 days after the
// first. And a gift.
lead(3, '2026-01-08');
for (const day of ['2026-01-25', '2026-04-25'])
  bought(3, day, 'subscription', 9001, { currency: 'AUD', period_months: 3 });
bought(3, '2026-02-01', 'one_off', 0);
// Ten days a customer; and a refund of a purchase that the house does not know.
lead(4, '2026-06-10', { channel_origin: 'organic' });
bought(4, '2026-06-20', 'one_off', 8000);
lead(5, '2026-06-01');
bought(5, '2026-06-05', 'refund', -500, { refund_of_key: 'elsewhere' });
// Clicked a mail two days before being added; and bought before being added.
lead(6, '2026-05-03', { channel_origin: 'paid' });
house.insert('email_messages', [
  {
    contact_id: 6,
    message_id: 'm',
    created_at: at('2026-05-01'),
    campaign_id: 'spring',
    sequence_version: 1,
    step_number: 2,
  },
]);
house.insert('email_events', [
  {
    contact_id: 6,
    message_id: 'm',
    event_id: 'e',
    event_type: 'clicked',
    occurred_at: at('2026-05-01T08:00:00'),
    landed_at: 0,
  },
]);
bought(6, '2026-05-10', 'one_off', 1000);
lead(7, '2026-05-20', { channel_origin: 'paid' });
bought(7, '2026-05-15', 'one_off', 700);
// Never bought.
lead(8, '2026-05-20');

const rows = (condition: string) =>
  house.query(`select * from revenue where ${condition} order by cohort, currency, value`, {
    as_of,
  });

describe('the months of a small house', () => {
  it('add up what customers paid, whenever they paid it, and never across currencies', () => {
    expect(rows(`dimension = 'all'`)).toMatchObject([
      {
        cohort: '2026-01',
        month_start: '2026-01-01',
        currency: 'AUD',
        customers: 1,
        one_off: 0,
        is_house_currency: 0,
        subscription_receipts: 18_002,
        refunds: 0,
        net: 18_002,
        mrr: 3000,
        active: 1,
        churned: 0,
        ltv_30: 9001,
        ltv_90: 9001,
        ltv_365: null,
      },
      {
        cohort: '2026-01',
        currency: 'USD',
        customers: 3,
        one_off: 15_000,
        subscription_receipts: 6000,
        refunds: 3000,
        net: 18_000,
        mrr: 0,
        active: 0,
        churned: 1,
        is_house_currency: 1,
        ltv_30: 4000,
        ltv_90: 6000,
        ltv_365: null,
        customers_90: 3,
        net_90: 18_000,
        customers_365: 0,
        net_365: 0,
      },
      { cohort: '2026-05', customers: 2, one_off: 1700, net: 1700, ltv_30: 850, ltv_90: null },
      {
        cohort: '2026-06',
        customers: 1,
        one_off: 8000,
        refunds: 500,
        net: 7500,
        ltv_30: null,
        customers_30: 0,
      },
    ]);
    expect(house.query('select * from check_revenue_sums', { as_of })).toEqual([]);
  });

  it('stand where the customer’s first touch stands', () => {
    const values = (dimension: string) =>
      rows(`dimension = '${dimension}' and currency = 'USD' and customers > 0`).map(
        (row) => `${row.cohort} ${row.value} ${row.net}`,
      );
    expect(values('channel')).toEqual([
      '2026-01 linkedin 12000',
      '2026-01 organic 6000',
      '2026-01 unknown 0',
      '2026-05 email 1000',
      '2026-05 unattributed 700',
      '2026-06 organic 8000',
    ]);
    expect(values('message').filter((text) => text.startsWith('2026-05'))).toEqual([
      '2026-05 spring v1 step 2 1000',
      '2026-05 unattributed 700',
    ]);
    expect(values('training')).toEqual(
      [
        '2026-01 Club 6000',
        '2026-01 Course 12000',
        '2026-05 Course 1700',
        '2026-06 Course 8000',
      ].toSorted(),
    );
  });

  it('runs a subscription no longer once its last receipt is given back', () => {
    const before = at('2026-02-10');
    expect(
      house.query(`select mrr, active from revenue where dimension = 'all' and currency = 'USD'`, {
        as_of: before,
      }),
    ).toEqual([{ mrr: 2000, active: 1 }]);
    const refunded = randomHouse(0);
    refunded.insert('contacts', [
      { contact_id: 1, contact_key: 'k', lead_added_at: 0, lead_added_day: '2026-01-01' },
    ]);
    const receipt = {
      contact_id: 1,
      provider: 'api',
      product_name: 'Club',
      currency: 'USD',
      status: 'enrolled',
    };
    refunded.insert('purchases', [
      {
        ...receipt,
        purchase_key: 'p',
        kind: 'subscription',
        purchased_at: at('2026-02-01'),
        amount_minor: 900,
      },
      {
        ...receipt,
        purchase_key: 'r',
        kind: 'refund',
        purchased_at: at('2026-02-02'),
        amount_minor: -900,
        refund_of_key: 'p',
      },
    ]);
    expect(
      refunded.query(`select mrr, active, churned, net from revenue where dimension = 'all'`, {
        as_of: before,
      }),
    ).toEqual([{ mrr: 0, active: 0, churned: 1, net: 0 }]);
  });
});

it('gives nothing back by a refund in another currency or of somebody else’s purchase (F8)', () => {
  const made = new SqliteHouse();
  for (const contact_id of [1, 2])
    made.insert('contacts', [
      { contact_id, contact_key: `k${contact_id}`, lead_added_at: at('2026-01-01') },
    ]);
  const row = { provider: 'api', product_name: 'Course', status: 'enrolled', amount_minor: -9000 };
  const refund = { ...row, kind: 'refund', purchased_at: at('2026-02-01'), refund_of_key: 'p' };
  made.insert('purchases', [
    {
      ...row,
      contact_id: 1,
      purchase_key: 'p',
      kind: 'one_off',
      amount_minor: 9000,
      currency: 'USD',
      purchased_at: at('2026-01-10'),
      agent_id: 'ann',
    },
    { ...refund, contact_id: 1, purchase_key: 'yen', currency: 'JPY' },
    { ...refund, contact_id: 2, purchase_key: 'strange', currency: 'USD' },
  ]);
  const ask = (sql: string) => made.query(sql, { as_of });
  expect(
    ask(
      'select purchase_key, refunded, is_refunded, refund_of, agent from fct_purchase order by 1',
    ),
  ).toEqual([
    { purchase_key: 'p', refunded: 0, is_refunded: 0, refund_of: null, agent: 'ann' },
    { purchase_key: 'strange', refunded: 0, is_refunded: 0, refund_of: 'p', agent: 'unknown' },
    // It names its purchase all the same, and so has its agent.
    { purchase_key: 'yen', refunded: 0, is_refunded: 0, refund_of: 'p', agent: 'ann' },
  ]);
  expect(
    ask(`select event_key, subject from int_contact_events where event = 'refunded' order by 1`),
  ).toEqual([
    { event_key: 'strange', subject: '' },
    { event_key: 'yen', subject: '' },
  ]);
});

it('finds the first touch that the model first credits over all time', () => {
  const random = randomHouse(120, 11);
  random.db.exec(`update purchases set currency = 'USD'`);
  for (const dimension of ['channel', 'message', 'training']) {
    const customers = random.query(
      `select value, sum(customers) as people from revenue where dimension = '${dimension}' and ` +
        'customers > 0 group by value order by value',
      { as_of: randomAsOf },
    );
    const credited = random.query(
      `select value, sum(conversions) as people from attribution_summary
       where conversion_type = 'first_purchase' and model = 'first' and lookback = 'all'
         and dimension = '${dimension}'
       group by value having sum(conversions) > 0 order by value`,
      { as_of: randomAsOf },
    );
    expect(customers.length, dimension).toBeGreaterThan(1);
    expect(customers).toEqual(
      credited.map(({ value, people }) => ({ value, people: Math.round(Number(people)) })),
    );
  }
});

it('takes the house’s currency from its earliest purchase, not from a refund before it', () => {
  const made = new SqliteHouse({ currency: null });
  const currency = () =>
    made.query('select currency from int_house_currency', { as_of })[0]!.currency;
  const row = {
    contact_id: 1,
    provider: 'api',
    product_name: 'Course',
    status: 'enrolled',
    amount_minor: 0,
  };
  expect(currency()).toBe('unknown');
  made.insert('purchases', [
    { ...row, purchase_key: 'r', kind: 'refund', purchased_at: at('2026-01-01'), currency: 'AUD' },
  ]);
  expect(currency()).toBe('AUD');
  made.insert('purchases', [
    { ...row, purchase_key: 'p', kind: 'one_off', purchased_at: at('2026-02-01'), currency: 'USD' },
  ]);
  expect(currency()).toBe('USD');
});

it('is empty in an empty house', () => {
  expect(new SqliteHouse({ currency: null }).query('select * from revenue', { as_of })).toEqual([]);
});
