/**
 * What follows a voicemail (R5), a free trial (R6), an objection and an enrolment, worked out by
 * hand.
 */
import { expect, it } from 'vitest';
import { DAY, HOUR } from '../../core/durations.ts';
import { at, SqliteHouse } from './sqlite-house.ts';

const as_of = at('2026-06-30');
const added = at('2026-06-01T09:00:00'); // a Monday

const lead = (house: SqliteHouse, contact_id: number, more = {}) =>
  house.insert('contacts', [
    {
      contact_id,
      contact_key: `k${contact_id}`,
      lead_added_at: added,
      lead_type: 'whatsapp',
      ...more,
    },
  ]);
const sale = (contact_id: number, purchase_key: string, more = {}) => ({
  contact_id,
  purchase_key,
  provider: 'api',
  purchased_at: added + contact_id * HOUR,
  product_name: 'Course',
  kind: 'one_off',
  amount_minor: 10_000,
  currency: 'USD',
  status: 'enrolled',
  cohort: 'A',
  ...more,
});

it('follows the leads whose first call ended in voicemail', () => {
  const house = new SqliteHouse();
  let calls = 0;
  const called = (contact_id: number, hours: number, outcome: string, provider = 'aircall') =>
    house.insert('calls', [
      {
        contact_id,
        call_key: `c${calls++}`,
        provider,
        medium: provider === 'discord' ? 'whatsapp' : 'phone',
        class: outcome,
        direction: 'outbound',
        started_at: added + hours * HOUR,
      },
    ]);
  for (const id of [1, 2, 3, 5, 6, 7]) lead(house, id);
  lead(house, 4, { lead_type: 'ebook' });
  // Tried again after 20 hours and reached after 50.
  called(1, 1, 'voicemail');
  called(1, 21, 'voicemail');
  called(1, 51, 'done');
  // Tried again after exactly a day, never reached.
  called(2, 1, 'voicemail');
  called(2, 25, 'voicemail');
  // Tried again, but a moment after three days.
  called(3, 1, 'voicemail');
  called(3, 73.001, 'voicemail');
  called(4, 1, 'voicemail');
  // Reached at once; on Discord after 30 hours; and a voicemail from before the lead, which is no
  // attempt (A1).
  called(5, 1, 'done');
  called(6, 1, 'voicemail', 'discord');
  called(6, 31, 'booked', 'discord');
  called(7, -1, 'voicemail');
  called(7, 1, 'done');
  const rows = house.query('select * from voicemail_followup order by lead_type', { as_of });
  const week = { period: '2026-W23', week_start: '2026-06-01', below_threshold: 1 };
  expect(rows).toMatchObject([
    {
      ...week,
      lead_type: 'ebook',
      first_voicemail: 1,
      second_attempt: 0,
      connected: 0,
      connected_rate: 0,
    },
    {
      ...week,
      lead_type: 'whatsapp',
      first_voicemail: 4,
      second_attempt: 4,
      second_attempt_rate: 1,
      third_attempt: 1,
      third_attempt_rate: 0.25,
      connected: 2,
      connected_rate: 0.5,
      second_within_24h: 2,
      second_within_24h_rate: 0.5,
      second_within_72h: 3,
      second_within_72h_rate: 0.75,
    },
  ]);
  expect(house.query('select * from check_voicemail_leads', { as_of })).toEqual([]);
});

it('takes followed-up trials only, and counts the others beside them', () => {
  const house = new SqliteHouse();
  const trial = {
    lead_type: 'trial_class',
    offer: 'Maths trial',
    trial_followup_status: 'attended',
  };
  for (const id of [1, 2, 3]) lead(house, id, trial);
  lead(house, 4, { ...trial, trial_followup_status: null });
  lead(house, 5, { ...trial, offer: null, trial_followup_status: null });
  lead(house, 6, { ...trial, lead_type: 'mock_test' });
  // The first is refunded later and has converted all the same; the fourth bought, but nobody
  // logged the trial.
  const refund = {
    kind: 'refund',
    amount_minor: -10_000,
    refund_of_key: 'p1',
    purchased_at: added + 9 * HOUR,
  };
  house.insert('purchases', [sale(1, 'p1'), sale(1, 'r1', refund), sale(4, 'p4')]);
  expect(house.query('select * from free_trial order by offer', { as_of })).toMatchObject([
    {
      offer: 'Maths trial',
      period: '2026-W23',
      followed_up: 3,
      converted: 1,
      blank_excluded: 1,
      below_threshold: 1,
    },
    {
      offer: 'unknown',
      followed_up: 0,
      converted: 0,
      conversion_rate: null,
      conversion_rate_hi: null,
      blank_excluded: 1,
    },
  ]);
  expect(house.query('select conversion_rate as r from free_trial', { as_of })[0]!.r).toBeCloseTo(
    1 / 3,
    12,
  );
});

it('says how often an objection was raised, and how often and how soon its calls were won', () => {
  const house = new SqliteHouse();
  for (const id of [1, 2, 3, 4]) lead(house, id);
  const call = (contact_id: number, call_key: string, objections: string[] | null, more = {}) =>
    house.insert('calls', [
      {
        contact_id,
        call_key,
        provider: 'manual',
        class: 'connected',
        direction: 'outbound',
        completed_at: added + HOUR,
        objections: objections && JSON.stringify(objections),
        ...more,
      },
    ]);
  const closed = (contact_id: number, days: number, then: string[] = []) =>
    house.insert(
      'status_changes',
      ['closed_won', ...then].map((to_value, n) => ({
        contact_id,
        field: 'sales_stage',
        from_value: null,
        to_value,
        cause: 'test',
        rule_id: 'S1',
        occurred_at: added + HOUR + (days + n) * DAY,
      })),
    );
  call(1, 'a', ['too_expensive', 'not_now']);
  closed(1, 3);
  call(2, 'b', ['price']);
  closed(2, 5);
  call(3, 'c', ['price', 'ann_smith_says_no', 'nobody_else_does']);
  closed(3, 1, ['closed_lost']);
  // Closed before the call, which was in the week after; not completed; and completed without an
  // objection.
  call(2, 'd', ['price'], { completed_at: added + 8 * DAY });
  call(4, 'e', ['price'], { completed_at: null, started_at: added + HOUR });
  call(4, 'f', null);
  const rows = house.query('select * from objections order by period, objection', { as_of });
  expect(rows).toMatchObject([
    {
      period: '2026-W23',
      objection: 'other',
      raised: 1,
      won: 0,
      win_rate: 0,
      median_days_to_close: null,
    },
    {
      period: '2026-W23',
      objection: 'price',
      raised: 3,
      won: 2,
      median_days_to_close: 3,
      below_threshold: 1,
    },
    {
      period: '2026-W23',
      objection: 'timing',
      raised: 1,
      won: 1,
      win_rate: 1,
      median_days_to_close: 3,
    },
    {
      period: '2026-W24',
      week_start: '2026-06-08',
      objection: 'price',
      raised: 1,
      won: 1,
      median_days_to_close: 0,
    },
  ]);
});

it('counts an enrolment once in its batch, in the state that it is in', () => {
  const house = new SqliteHouse();
  for (let id = 1; id <= 9; id++) lead(house, id);
  const club = { product_name: 'Club', kind: 'subscription', amount_minor: 2000, cohort: null };
  house.insert('purchases', [
    sale(1, 'p1'),
    sale(2, 'p2', { status: 'in_progress' }),
    sale(3, 'p3', { status: 'completed', completed_at: as_of - HOUR, certificate_issued: 1 }),
    sale(4, 'p4', { status: 'completed', completed_at: as_of + HOUR }),
    sale(5, 'p5', { status: 'dropped' }),
    sale(6, 'p6'),
    // A refund that names another product still stands with the purchase that it gives back.
    sale(6, 'r6', {
      kind: 'refund',
      amount_minor: -10_000,
      refund_of_key: 'p6',
      product_name: 'Other',
      cohort: null,
    }),
    sale(7, 'p7', { currency: 'AUD' }),
    sale(8, 'p8', { amount_minor: 0 }),
    sale(9, 's1', club),
    sale(9, 's2', { ...club, purchased_at: added + 20 * 24 * HOUR }),
  ]);
  expect(house.query('select * from training_outcomes order by product', { as_of })).toMatchObject([
    {
      product: 'Club',
      cohort: 'unknown',
      enrolled: 1,
      not_started: 1,
      revenue: 4000,
      other_currency_purchases: 0,
    },
    {
      product: 'Course',
      cohort: 'A',
      enrolled: 8,
      not_started: 4,
      in_progress: 2,
      completed: 1,
      dropped: 1,
      completion_rate: 0.125,
      certificates: 1,
      refunded: 1,
      revenue: 50_000,
      currency: 'USD',
      other_currency_purchases: 1,
      first_day: '2026-06-01',
    },
  ]);
  expect(house.query('select * from check_training_enrolments', { as_of })).toEqual([]);
});

it.each(['voicemail_followup', 'free_trial', 'objections', 'training_outcomes'])(
  '%s is empty in an empty house',
  (mart) => {
    expect(new SqliteHouse({ currency: null }).query(`select * from ${mart}`, { as_of })).toEqual(
      [],
    );
  },
);
