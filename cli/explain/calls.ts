/** The attempts behind the numbers of calls and agents. */
import { type Behind, inWeek, msBetween, whose } from './behind.ts';

const connected = { only: 't.is_connected' };
const talk = { only: 't.is_connected', of: 'coalesce(sum(t.duration_seconds), 0) / 60.0' };
const people = 'count(distinct t.contact_key)';

export const dailyCalls: Behind[] = [
  {
    table: 'fct_call_attempt',
    where: `t.attempted_day = key.day and t.agent = key.agent and key.campaign = 'none'
      and ${whose('c.channel = key.channel and c.lead_type = key.lead_type')}`,
    figures: { dials: {}, connected, talk_minutes: talk },
  },
  { view: 'int_bookings', columns: ['calls_booked'] },
  { view: 'int_completed_calls', columns: ['calls_completed'] },
];

export const weeklyCalls: Behind[] = [
  {
    table: 'fct_interaction',
    when: "key.line = 'Calls Scheduled'",
    where: `t.interaction_key like 'booking:%' and ${inWeek('t.occurred_day')}`,
    figures: { value: {}, numerator: {} },
  },
  {
    table: 'fct_status_change',
    when: "key.line = 'Deals Closed'",
    where: `t.field = 'sales_stage' and t.to_value = 'closed_won' and exists (select 1 from dim_date as d
      where d.week_start = key.week_start and t.occurred_at >= d.starts_at and t.occurred_at < d.ends_at)
      and not exists (select 1 from fct_status_change as b where b.contact_key = t.contact_key and b.field = t.field
        and b.to_value = t.to_value and b.change_no < t.change_no)`,
    figures: { value: {}, numerator: {} },
  },
];

/** The agent's period and the lead's segment, for a fact of the day `day`. */
const ofAgent = (
  day: string,
): string => `t.agent = key.agent and (key.period = 'all' or ${inWeek(day)})
  and (key.dimension = 'all'
    or ${whose("case key.dimension when 'lead_type' then c.lead_type else c.term end = key.value")})`;

export const agentPerformance: Behind[] = [
  {
    table: 'fct_call_attempt',
    where: ofAgent('t.attempted_day'),
    figures: {
      dials: {},
      connected,
      talk_minutes: talk,
      leads_handled: { of: people },
      median_speed_minutes: firstAttempts(),
    },
  },
  {
    table: 'fct_purchase',
    where: `t.is_first_purchase and ${ofAgent('t.purchased_day')}`,
    figures: { paid_conversions: {} },
  },
];

function firstAttempts() {
  const added =
    '(select c.lead_added_at from dim_contact as c where c.contact_key = t.contact_key)';
  return {
    only: 't.attempt_no = 1',
    of: `quantile_disc(${msBetween(added, 't.attempted_at')}, 0.5) / 60000.0`,
  };
}

export const dangerList: Behind[] = [
  {
    table: 'fct_call_attempt',
    where: 't.contact_key = key.contact_key',
    figures: {
      attempts: {},
      agents_tried: { of: "count(distinct t.agent) filter (where t.agent <> 'unknown')" },
    },
  },
];

const sinceFirst = msBetween(
  '(select f.attempted_at from fct_call_attempt as f where f.contact_key = t.contact_key and f.attempt_no = 1)',
  't.attempted_at',
);
const secondWithin = (ms: number) => ({ only: `t.attempt_no = 2 and ${sinceFirst} <= ${ms}` });

export const voicemailFollowup: Behind[] = [
  {
    table: 'fct_call_attempt',
    where: `t.lead_type = key.lead_type and exists (select 1 from fct_call_attempt as f where f.contact_key = t.contact_key
      and f.attempt_no = 1 and f.is_voicemail and ${inWeek('f.attempted_day')})`,
    figures: {
      first_voicemail: { only: 't.attempt_no = 1' },
      second_attempt: { only: 't.attempt_no = 2' },
      third_attempt: { only: 't.attempt_no = 3' },
      connected: { only: 't.is_connected', of: people },
      second_within_24h: secondWithin(86_400_000),
      second_within_72h: secondWithin(259_200_000),
    },
  },
];

const ofWeekAndType = 't.week_start = key.week_start and t.lead_type = key.lead_type';

export const speedToLead: Behind[] = [
  {
    table: 'fct_speed_to_lead',
    where: `${ofWeekAndType} and t.bucket = key.bucket`,
    figures: {
      leads: {},
      connected,
      paid: {
        only: `exists (select 1 from fct_purchase as p where p.contact_key = t.contact_key
          and p.kind <> 'refund' and not p.is_refunded)`,
      },
      median_minutes_wall: { of: 'quantile_disc(t.minutes_wall, 0.5)' },
      median_minutes_business: { of: 'quantile_disc(t.minutes_business, 0.5)' },
    },
  },
  { table: 'fct_speed_to_lead', where: ofWeekAndType, figures: { all_leads: {} } },
];
