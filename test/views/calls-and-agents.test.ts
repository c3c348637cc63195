/** Speed to lead, agents and the danger list on a small house worked out by hand (R2, R3, R4). */
import { expect, it } from 'vitest';
import { MINUTE } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const added = at('2026-06-05T17:50:00'); // a Friday, ten minutes before closing
const as_of = at('2026-06-30');
const house = new SqliteHouse();
const call = (contact_id: number, call_key: string, minutes: number, more = {}) => ({
  contact_id,
  call_key,
  provider: 'aircall',
  class: 'voicemail',
  direction: 'outbound',
  started_at: added + minutes * MINUTE,
  agent_id: 'ann',
  ...more,
});
house.insert(
  'contacts',
  [1, 2, 3, 4, 5, 6].map((contact_id) => ({
    contact_id,
    contact_key: `k${contact_id}`,
    lead_type: 'whatsapp',
    lead_added_at: added,
  })),
);
house.insert('calls', [
  call(1, 'a', 5),
  call(2, 'b', 4, { provider: 'discord', medium: 'whatsapp', class: 'connected', agent_id: 'bob' }),
  call(3, 'c', 9, { provider: 'discord', medium: 'whatsapp', class: 'no_call' }),
  call(5, 'd', 2 * 24 * 60 + 15 * 60 + 20, { class: 'done', duration_s: 90 }),
  call(6, 'e', 60),
  call(6, 'f', 61),
  call(6, 'g', 62, { agent_id: 'bob' }),
  call(6, 'h', -5),
]);
house.insert('purchases', [
  {
    contact_id: 5,
    purchase_key: 'p',
    provider: 'api',
    purchased_at: as_of - 1,
    product_name: 'Course',
    kind: 'one_off',
    amount_minor: 100,
    currency: 'USD',
    status: 'enrolled',
  },
]);

it('places each lead in one row, whose lower bound is inside', () => {
  expect(
    house.query(
      'select bucket, minutes_wall as wall, minutes_business as business from fct_speed_to_lead ' +
        'order by contact_key',
      {
        as_of,
      },
    ),
  ).toEqual([
    { bucket: '5-15 min', wall: 5, business: 5 },
    { bucket: 'whatsapp_only', wall: 4, business: 4 },
    { bucket: 'deliberately_skipped', wall: null, business: null },
    { bucket: 'never_called', wall: null, business: null },
    { bucket: '1-3 d', wall: 3800, business: 20 },
    { bucket: '1-4 h', wall: 60, business: 10 },
  ]);
  expect(house.query('select sum(leads) as leads from speed_to_lead', { as_of })).toEqual([
    { leads: 6 },
  ]);
});

it('names no attempt where there was none', () => {
  const rows = house.query(
    `select first_attempt_source as source, first_attempt_class as class,
      fct_speed_to_lead.agent, next_action
    from fct_speed_to_lead
    join dim_contact on dim_contact.contact_key = fct_speed_to_lead.contact_key
    where category <> 'phone' order by fct_speed_to_lead.contact_key`,
    { as_of },
  );
  const none = { source: 'none', class: 'none', agent: 'none', next_action: 'first_touch' };
  expect(rows).toEqual([
    { ...none, source: 'discord', class: 'connected', agent: 'bob' },
    none,
    none,
  ]);
});

it('credits a purchase to the last who reached the buyer, and expects in sum what was sold', () => {
  expect(
    house.query(
      `select agent, leads_handled, dials, connected, paid_conversions as paid,
         expected_paid as expected, performance_index as i
      from agent_performance where dimension = 'all' and period = 'all' order by agent`,
      { as_of },
    ),
  ).toEqual([
    { agent: 'ann', leads_handled: 3, dials: 4, connected: 1, paid: 1, expected: 0.6, i: null },
    { agent: 'bob', leads_handled: 2, dials: 2, connected: 1, paid: 0, expected: 0.4, i: null },
  ]);
  expect(house.query('select * from check_agent_expected_paid', { as_of })).toEqual([]);
});

it('lists who was tried three times and never reached', () => {
  expect(
    house.query('select rank, contact_key, attempts, agents_tried, next_action from danger_list', {
      as_of,
    }),
  ).toEqual([
    { rank: 1, contact_key: 'k6', attempts: 3, agents_tried: 2, next_action: 'first_touch' },
  ]);
});

it('expects exactly what was sold where a rate has no end of decimals (R3)', () => {
  const thirds = new SqliteHouse();
  const leads = [1, 2, 3, 4, 5, 6, 7];
  thirds.insert(
    'contacts',
    leads.map((contact_id) => ({
      contact_id,
      contact_key: `k${contact_id}`,
      lead_added_at: added,
    })),
  );
  thirds.insert(
    'calls',
    leads.map((contact_id) => ({
      contact_id,
      call_key: `c${contact_id}`,
      provider: 'aircall',
      class: 'done',
      direction: 'outbound',
      agent_id: `agent ${contact_id % 3}`,
      started_at: added + MINUTE,
    })),
  );
  thirds.insert(
    'purchases',
    [1, 2].map((contact_id) => ({
      contact_id,
      purchase_key: `p${contact_id}`,
      provider: 'api',
      product_name: 'Course',
      kind: 'one_off',
      status: 'enrolled',
      currency: 'USD',
      amount_minor: 100,
      purchased_at: added + 5 * MINUTE,
    })),
  );
  const sums = thirds.query(
    `select dimension, period, sum(cast(round(expected_paid * 1000000000) as int64)) as billionths
     from agent_performance group by dimension, period`,
    { as_of },
  );
  expect(sums).toHaveLength(6);
  expect(new Set(sums.map((row) => row.billionths))).toEqual(new Set([2_000_000_000]));
  expect(thirds.query('select * from check_agent_expected_paid', { as_of })).toEqual([]);
});
