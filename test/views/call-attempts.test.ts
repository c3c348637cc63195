/**
 * What is an attempt and who was reached, call by call (G3, A2), and what an agent's expectation is
 * at its very threshold (R3).
 */
import { expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const added = at('2026-06-01T09:00:00');
const as_of = at('2026-06-30');
const lead = (contact_id: number) => ({
  contact_id,
  contact_key: `k${contact_id}`,
  lead_added_at: added,
});
const call = (contact_id: number, call_key: string, hours: number, more = {}) => ({
  contact_id,
  call_key,
  provider: 'manual',
  class: 'voicemail',
  direction: 'outbound',
  agent_id: 'ann',
  started_at: added + hours * HOUR,
  ...more,
});
const attempts = (house: SqliteHouse) =>
  house.query('select call_key, is_connected from fct_call_attempt order by call_key', { as_of });

it('counts a Discord outcome as an attempt whatever direction was stated', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [lead(1)]);
  house.insert('calls', [
    call(1, 'a', 1, {
      provider: 'discord',
      medium: 'whatsapp',
      class: 'voicemail',
      direction: 'inbound',
    }),
    call(1, 'b', 2, { provider: 'discord', medium: 'whatsapp', class: 'no_call' }),
    call(1, 'c', 3, { provider: 'aircall', class: 'done', direction: 'inbound' }),
  ]);
  expect(attempts(house)).toEqual([{ call_key: 'a', is_connected: 0 }]);
});

it('connects a call that ends in a booking, not one booked before and never completed', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [lead(1)]);
  const booked_at = added + HOUR;
  const booked = { class: 'booked', booked_at, scheduled_at: added + 30 * HOUR };
  house.insert('calls', [
    call(1, 'dialled, and booked', 1, booked),
    call(1, 'dialled at its time', 30, booked),
    call(1, 'dialled, and done', 30, { ...booked, completed_at: added + 31 * HOUR }),
    call(1, 'told on Discord', 30, { ...booked, provider: 'discord', medium: 'whatsapp' }),
  ]);
  expect(attempts(house)).toEqual([
    { call_key: 'dialled at its time', is_connected: 0 },
    { call_key: 'dialled, and booked', is_connected: 1 },
    { call_key: 'dialled, and done', is_connected: 1 },
    { call_key: 'told on Discord', is_connected: 1 },
  ]);
});

it('counts any call as a touch, and a connected one as activity and points (L1, C1)', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [1, 2, 3].map(lead));
  house.insert('calls', [
    call(1, 'before they were a lead', -2, { class: 'done', provider: 'aircall' }),
    call(2, 'they called', 5, { class: 'done', provider: 'aircall', direction: 'inbound' }),
    call(3, 'no call', 5, { class: 'no_call', provider: 'discord', medium: 'whatsapp' }),
  ]);
  const rows = house.query(
    'select first_touch_at, last_activity_at, score, attempts, sales_stage from dim_contact ' +
      'order by contact_key',
    { as_of: added + 5 * HOUR },
  );
  const none = {
    first_touch_at: null,
    last_activity_at: null,
    score: 0,
    attempts: 0,
    sales_stage: 'new',
  };
  const before = added - 2 * HOUR;
  expect(rows).toEqual([
    { ...none, first_touch_at: before, last_activity_at: before, score: 14.899 },
    { ...none, last_activity_at: added + 5 * HOUR, score: 15 },
    none,
  ]);
});

it('closes a deal as lost only where a call says so, which is a manual choice (S1)', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [lead(1)]);
  const ended = (outcome: string, n: number) =>
    call(1, outcome, n, { outcome, completed_at: added + (n + 1) * HOUR });
  house.insert('calls', [ended('not_interested', 1), ended('closed_lost', 5)]);
  expect(
    house.query(`select occurred_at, detail from int_contact_events where event = 'stated_stage'`, {
      as_of,
    }),
  ).toEqual([{ occurred_at: added + 6 * HOUR, detail: 'closed_lost' }]);
});

it('counts the agents who are named', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [lead(1)]);
  house.insert('calls', [
    call(1, 'a', 1),
    call(1, 'b', 2, { agent_id: 'bob' }),
    call(1, 'c', 3, { agent_id: null }),
  ]);
  expect(house.query('select attempts, agents_tried from danger_list', { as_of })).toEqual([
    { attempts: 3, agents_tried: 2 },
  ]);
});

const bought = (contact_id: number, more = {}) => ({
  contact_id,
  purchase_key: `p${contact_id}`,
  provider: 'api',
  purchased_at: added + 2 * HOUR,
  agent_id: 'ann',
  product_name: 'Course',
  kind: 'one_off',
  amount_minor: 100,
  currency: 'USD',
  status: 'enrolled',
  ...more,
});

it('has an index where exactly one sale was expected, though a third is no decimal', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [1, 2, 3].map(lead));
  house.insert(
    'calls',
    [1, 2, 3].map((contact_id) => call(contact_id, `c${contact_id}`, 1)),
  );
  house.insert('poisson_bounds', [{ events: 1, lower_bound: 0.025, upper_bound: 5.57 }]);
  house.insert('purchases', [bought(1)]);
  const rows = house.query(
    `select expected_paid, performance_index, performance_index_lo from agent_performance
    where dimension = 'all' and period = 'all'`,
    { as_of },
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]!.expected_paid).toBeCloseTo(1, 8);
  expect(rows[0]!.performance_index).toBeCloseTo(1, 8);
  expect(rows[0]!.performance_index_lo).toBeCloseTo(0.025, 8);
});

it('credits no sale to someone who becomes a lead later, as daily and purchases do', () => {
  const house = new SqliteHouse();
  house.insert('contacts', [{ ...lead(1), lead_added_at: as_of + HOUR }, lead(2)]);
  house.insert('purchases', [bought(1), bought(2)]);
  const sold = `select sum(paid_conversions) as paid, sum(expected_paid) as expected
    from agent_performance where dimension = 'term' and period = 'all'`;
  expect(house.query(sold, { as_of })).toEqual([{ paid: 1, expected: 1 }]);
  expect(house.query('select sum(first_purchases) as sold from daily', { as_of })).toEqual([
    { sold: 1 },
  ]);
});
