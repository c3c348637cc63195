/** Each check passes on a house with every kind of fact, and finds the table that breaks it. */
import { describe, expect, it } from 'vitest';
import { render } from '../../sql/render.ts';
import { checks } from '../../sql/views/checks/index.ts';
import { randomAsOf as as_of, randomHouse } from './random-house.ts';

const house = randomHouse(60);

/** Per check, a view and a broken version of it; `whole` is the view as it should be. */
const breakages: Record<string, [view: string, broken: string]> = {
  check_contact_keys: ['fct_purchase', `select 'nobody' as contact_key from whole`],
  check_duplicate_facts: ['fct_purchase', 'select * from whole union all select * from whole'],
  check_facts_after_as_of: [
    'fct_purchase',
    `select purchase_key, ${as_of + 1} as purchased_at from whole`,
  ],
  check_daily_sums: ['daily', 'select * from whole where calls_completed = 0'],
  check_email_counts: ['email_performance', 'select * from whole where replied < 1'],
  check_funnel_counts: ['funnel', 'select * from whole where stage_no > 1'],
  check_attribution_shares: ['int_attribution_credits', 'select * from whole where position <= 1'],
  check_attribution_paths: ['attribution_paths', 'select * from whole where length <> 2'],
  check_speed_to_lead_leads: ['speed_to_lead', 'select * from whole where leads > 1'],
  check_lead_conversion_leads: [
    'lead_conversion',
    `select * from whole where dimension <> 'tier' or value <> '1'`,
  ],
  check_cohort_conversion_leads: [
    'cohort_conversion',
    `select * from whole where converted = 0 or dimension <> 'tier'`,
  ],
  check_deliverability_counts: [
    'deliverability',
    `select * from whole where recipient_domain_group <> 'gmail'`,
  ],
  check_free_trial_leads: [
    'free_trial',
    'select *, 0 as blank_excluded from (select followed_up from whole)',
  ],
  check_revenue_sums: [
    'revenue',
    `select * from whole where refunds = 0 or dimension <> 'channel'`,
  ],
  check_training_enrolments: ['training_outcomes', `select * from whole where cohort <> 'unknown'`],
  check_voicemail_leads: ['voicemail_followup', 'select * from whole where first_voicemail > 1'],
  check_objections_raised: [
    'objections',
    `select * from whole where objection <> 'timing' or raised > 1`,
  ],
  check_agent_expected_paid: [
    'agent_performance',
    'select *, 7 as expected_paid from (select dimension, agent, period, paid_conversions from ' +
      'whole)',
  ],
  check_weekly_sums: ['daily', 'select * from whole where calls_booked = 0'],
  check_dimension_keys: ['dim_agent', `select * from whole where agent <> 'ann'`],
  check_published_loads: [
    'stg_export_loads',
    'select *, rows_source - 1 as rows_destination from (select mart, destination, load_id, ' +
      'status, rows_source, checksum_source, checksum_destination from whole)',
  ],
  check_facts_in_calendar: [
    'stg_interactions',
    `select interaction_key, occurred_at, '0001-01-01' as occurred_day from whole where ` +
      'occurred_at > 0',
  ],
  check_facts_waiting: [
    'stg_waiting_things',
    `select 'purchase' as kind, 'p' as thing_key, 1 as observed_at, 1 as landed_at, 'product' ` +
      'as waits_for',
  ],
  check_leads_to_come: [
    'stg_contacts',
    `select contact_id, contact_key, lead_added_day, ${as_of + 1} as lead_added_at from whole ` +
      'where contact_id = 7',
  ],
  check_refund_purchases: [
    'int_purchases',
    'select *, null as refund_of_key from (select contact_id, purchase_key, kind, amount_minor, ' +
      'refunded_minor, currency, named_key from whole)',
  ],
  check_purchase_before_lead: [
    'int_contacts',
    `select contact_id, contact_key, ${as_of} as lead_added_at, lead_added_day from whole`,
  ],
};

/** Rows of a check over a house where one view is broken. */
function offending(check: string, view: string, broken: string): number {
  const whole = render(`select * from ${check}`, { as_of });
  const sql = whole
    .replace(`\n${view} as (\n`, `\n${view}_whole as (\n`)
    .replace(
      'with clock as',
      `with ${view} as (${broken.replaceAll('whole', `${view}_whole`)}), clock as`,
    );
  return house.db.prepare(sql).all().length;
}

describe.each(checks.map(({ name }) => name))('%s', (check) => {
  it('holds', () => {
    expect(house.query(`select * from ${check}`, { as_of })).toEqual([]);
  });

  it('finds what breaks it', () => {
    const [view, broken] = breakages[check]!;
    expect(offending(check, view, broken)).toBeGreaterThan(0);
  });
});

it('finds a refund of nothing, in another currency, or made a second time', () => {
  const shop = randomHouse(0);
  const added = { lead_added_at: 0, lead_added_day: '2026-01-01' };
  shop.insert('contacts', [
    { ...added, contact_id: 1, contact_key: 'k1' },
    { ...added, contact_id: 2, contact_key: 'k2' },
  ]);
  const sale = {
    contact_id: 1,
    provider: 'api',
    product_name: 'Course',
    status: 'enrolled',
    currency: 'USD',
  };
  const refund = { ...sale, kind: 'refund', amount_minor: -900, purchased_at: as_of - 1 };
  shop.insert('purchases', [
    ...['once', 'twice', 'yen', 'others'].map((purchase_key) => {
      return { ...sale, purchase_key, kind: 'one_off', amount_minor: 900, purchased_at: as_of - 2 };
    }),
    { ...refund, purchase_key: 'r once', refund_of_key: 'once' },
    { ...refund, purchase_key: 'r twice', refund_of_key: 'twice' },
    { ...refund, purchase_key: 'r again', refund_of_key: 'twice', amount_minor: -1 },
    { ...refund, purchase_key: 'r yen', refund_of_key: 'yen', currency: 'JPY' },
    { ...refund, purchase_key: 'r others', refund_of_key: 'others', contact_id: 2 },
    { ...refund, purchase_key: 'r none', refund_of_key: 'nothing' },
  ]);
  expect(
    shop.query('select purchase_key from check_refund_purchases order by 1', { as_of }),
  ).toEqual(['r none', 'r others', 'r yen', 'twice'].map((purchase_key) => ({ purchase_key })));
});

it('finds a call that stands under two contacts', () => {
  const twice = randomHouse(2);
  const call = {
    call_key: 'same',
    provider: 'manual',
    class: 'done',
    direction: 'outbound',
    started_at: as_of - 1,
  };
  twice.insert('calls', [
    { ...call, contact_id: 1 },
    { ...call, contact_id: 2 },
  ]);
  expect(twice.query('select check_key from check_duplicate_facts order by 1', { as_of })).toEqual([
    { check_key: 'attempt same' },
    { check_key: 'call:same' },
  ]);
});
