/** The leads behind the numbers of conversion, and the facts behind what a contact's own row says. */
import {
  type Behind,
  contactInSegment,
  inHouseCurrency,
  inMonth,
  inOtherCurrency,
  inWeek,
  msBetween,
  whose,
  whoseContactInSegment,
} from './behind.ts';

const firstPurchase = `(select min(p.purchased_at) from fct_purchase as p
  where p.contact_key = t.contact_key and p.is_first_purchase)`;
const bought = `${firstPurchase} is not null`;
const inPeriod = (day: string): string => `(key.period = 'all' or ${inMonth(day)})`;

export const leadConversion: Behind[] = [
  {
    table: 'dim_contact',
    where: `${contactInSegment} and ${inPeriod('t.lead_added_day')}`,
    figures: { leads: {}, conversions: { only: bought } },
  },
  {
    table: 'fct_purchase',
    where: `${whoseContactInSegment} and ${whose(inPeriod('c.lead_added_day'))}`,
    figures: {
      revenue: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' },
      other_currency_purchases: { only: inOtherCurrency },
    },
  },
];

/** Whole days from being added to buying, or to the night where the lead has not bought. */
const age = `floor(greatest(${msBetween('t.lead_added_at', `coalesce(${firstPurchase}, t.as_of)`)}, 0) / 86400000.0)`;

export const cohortConversion: Behind[] = [
  {
    table: 'dim_contact',
    where: `${contactInSegment} and (key.cohort = 'all' or ${inWeek('t.lead_added_day')})`,
    figures: {
      leads: {},
      at_risk: { only: `${age} >= key.age_days` },
      converted: { only: `${age} = key.age_days and ${bought}` },
      censored: { only: `${age} = key.age_days and not ${bought}` },
    },
  },
];

/** Whether the trial was followed up is the house's own note, so the two groups are told apart by the view. */
export const freeTrial: Behind[] = [
  {
    table: 'dim_contact',
    where: `t.lead_type = 'trial_class' and t.offer = key.offer and ${inWeek('t.lead_added_day')}`,
    figures: {},
  },
];

const standing = `case when t.unsubscribed then 'unsubscribed' when key.ladder = 'pipeline' then t.sales_stage
  else t.lead_status end = key.stage`;
const rungsFrom = (stage_no: string): string =>
  `select f.stage from funnel as f where f.ladder = key.ladder and f.stage_no >= ${stage_no}`;
const ladderField = "case key.ladder when 'pipeline' then 'sales_stage' else 'lead_status' end";
const changed = (condition: string): string =>
  `exists (select 1 from fct_status_change as s where s.contact_key = t.contact_key and ${condition})`;
const entered = (stage: string): string =>
  changed(`s.field = ${ladderField} and s.to_value in (${stage})`);
const recorded = `case when key.stage = 'unsubscribed' then ${changed("s.field = 'unsubscribed' and s.to_value = '1'")}
  else ${entered('key.stage')} end`;
const daysStayed = (portion: number) => ({
  of: `quantile_disc(${msBetween('t.occurred_at', 't.left_at')}, ${portion}) / 86400000.0`,
});

/** A stage off the ladder has no number, and nobody climbs to it. */
const onLadder = 'case when key.stage_no is not null then count(*) end';

export const funnel: Behind[] = [
  {
    table: 'dim_contact',
    where: `${contactInSegment} and ${inWeek('t.lead_added_day')}`,
    figures: {
      leads: {},
      entered: { only: recorded },
      reached_top: { of: onLadder },
      reached: {
        only: `(key.stage_no = 1 or ${entered(rungsFrom('key.stage_no'))})`,
        of: onLadder,
      },
      reached_previous: {
        only: `(key.stage_no = 2 or ${entered(rungsFrom('key.stage_no - 1'))})`,
        of: 'case when key.stage_no > 1 then count(*) end',
      },
      current_count: { only: standing },
      open_value: {
        only: `${standing} and t.sales_stage not in ('closed_won', 'closed_lost')`,
        of: 'coalesce(sum(t.deal_value), 0)',
      },
    },
  },
  {
    table: 'fct_status_change',
    where: `${whoseContactInSegment} and ${whose(inWeek('c.lead_added_day'))}
      and t.field = ${ladderField} and t.to_value = key.stage and t.left_at is not null`,
    figures: { median_days_in_stage: daysStayed(0.5), p90_days_in_stage: daysStayed(0.9) },
  },
];

const own = 't.contact_key = key.contact_key';
const has = (instant: string) => ({ only: `t.${instant}_at is not null` });

export const contact: Behind[] = [
  {
    table: 'fct_email_message',
    where: own,
    figures: {
      emails_sent: has('sent'),
      emails_opened: has('opened'),
      emails_clicked: has('clicked'),
      emails_replied: has('replied'),
    },
  },
  {
    table: 'fct_call_attempt',
    where: own,
    figures: { attempts: {}, connections: { only: 't.is_connected' } },
  },
  {
    table: 'fct_purchase',
    where: own,
    figures: { ltv: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' } },
  },
  {
    table: 'fct_status_change',
    where: own,
    figures: Object.fromEntries(
      ['lead_status', 'sales_stage'].map((field) => [
        field,
        { only: `t.field = '${field}' and t.is_present`, of: 'max(t.to_value)' },
      ]),
    ),
  },
  { view: 'int_bookings', columns: ['calls_booked', 'first_booking_at'] },
  { view: 'int_completed_calls', columns: ['calls_completed'] },
  { view: 'int_contact_scores', columns: ['score'] },
  { view: 'int_contact_vips', columns: ['vip', 'referrals'] },
];
