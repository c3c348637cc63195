/**
 * Which calls are completed ones and which are touches (R8a, R10a), and when a subscription's
 * period ends (F8).
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30');
const added = at('2026-03-01');

const call = (call_key: string, more = {}) => ({
  contact_id: 1,
  call_key,
  provider: 'aircall',
  class: 'voicemail',
  direction: 'outbound',
  agent_id: 'ann',
  ...more,
});

const house = (from = '2025-12-01'): SqliteHouse => {
  const made = new SqliteHouse({ from });
  made.insert('contacts', [{ contact_id: 1, contact_key: 'k1', lead_added_at: added }]);
  return made;
};

it('completes what was booked or logged by hand, whatever door logged it, and nothing else', () => {
  const calls = house();
  const completed_at = at('2026-03-10T10:00:00');
  calls.insert('calls', [
    call('a', { class: 'done', started_at: completed_at - 1, completed_at }),
    call('b', { provider: 'manual', class: 'connected', completed_at }),
    call('c', { provider: 'crm', class: 'connected', completed_at }),
    call('d', { class: 'done', booked_at: completed_at - 2, completed_at }),
    call('e', {
      provider: 'discord',
      medium: 'whatsapp',
      class: 'connected',
      started_at: completed_at,
      completed_at,
    }),
    call('f', {
      provider: 'discord',
      medium: 'whatsapp',
      class: 'booked',
      started_at: completed_at,
      completed_at,
    }),
  ]);
  const expected = ['b', 'c', 'd', 'f'];
  const keys = (select: string) => calls.query(select, { as_of }).map((row) => row.k);
  expect(keys('select call_key as k from int_completed_calls order by 1')).toEqual(expected);
  expect(
    keys(`select event_key as k from int_contact_events where event = 'call_completed' order by 1`),
  ).toEqual(expected);
  expect(keys('select calls_completed as k from int_contact_milestones')).toEqual([4]);
  expect(keys('select sum(calls_completed) as k from daily')).toEqual([4]);
});

it('counts every connected call as a touch, also inbound ones and those before the lead', () => {
  const calls = house();
  const started_at = at('2026-03-10T10:00:00');
  calls.insert('calls', [
    call('dialled', { class: 'done', started_at }),
    call('inbound', { class: 'done', direction: 'inbound', started_at }),
    call('before', { class: 'done', started_at: added - 1 }),
    call('voicemail', { started_at }),
    call('skipped', { provider: 'discord', medium: 'whatsapp', class: 'no_call', started_at }),
  ]);
  expect(
    calls
      .query(`select touch_key from int_touches where channel = 'call' order by 1`, { as_of })
      .map((r) => r.touch_key),
  ).toEqual(['call before', 'call dialled', 'call inbound']);
  expect(
    calls
      .query('select call_key from int_call_attempts order by 1', { as_of })
      .map((r) => r.call_key),
  ).toEqual(['dialled', 'voicemail']);
});

it.each([
  ['2026-01-31T12:00:00', 1, '2026-03-01T00:00:00'],
  ['2026-02-28T12:00:00', 1, '2026-03-28T12:00:00'],
  ['2025-12-15T08:00:00', 3, '2026-03-15T08:00:00'],
  ['2026-01-15T08:00:00', 12, '2027-01-15T08:00:00'],
])('a subscription paid at %s for %i months is paid until %s', (paid, period_months, until) => {
  const made = house('2025-11-01');
  made.insert('purchases', [
    {
      contact_id: 1,
      purchase_key: 'p',
      provider: 'api',
      purchased_at: at(paid),
      product_name: 'Club',
      kind: 'subscription',
      amount_minor: 100,
      currency: 'USD',
      status: 'enrolled',
      period_months,
    },
  ]);
  expect(made.query('select runs_until from int_subscription_runs', { as_of })).toEqual([
    { runs_until: at(until) + 7 * DAY },
  ]);
});

it('runs a subscription until the end that a receipt states, and opens another after it', () => {
  const made = house();
  const receipt = (purchase_key: string, day: string, ended_at: string | null = null) => ({
    contact_id: 1,
    purchase_key,
    provider: 'api',
    product_name: 'Club',
    kind: 'subscription',
    amount_minor: 100,
    purchased_at: at(day),
    currency: 'USD',
    status: 'enrolled',
    ended_at: ended_at === null ? null : at(ended_at),
  });
  made.insert('purchases', [
    receipt('a', '2026-02-01'),
    receipt('b', '2026-03-01', '2026-03-20'),
    receipt('c', '2026-03-15'),
    receipt('d', '2026-03-21'),
    receipt('e', '2026-04-21'),
  ]);
  expect(
    made.query(
      'select purchase_key, is_run_start, runs_until from int_subscription_runs order by 1',
      { as_of },
    ),
  ).toEqual([
    { purchase_key: 'a', is_run_start: 1, runs_until: at('2026-03-08') },
    { purchase_key: 'b', is_run_start: 0, runs_until: at('2026-03-20') },
    { purchase_key: 'c', is_run_start: 0, runs_until: at('2026-03-20') },
    { purchase_key: 'd', is_run_start: 1, runs_until: at('2026-04-28') },
    { purchase_key: 'e', is_run_start: 0, runs_until: at('2026-05-28') },
  ]);
});
