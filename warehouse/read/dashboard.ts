/** What the dashboard shows, read live from the marts in one round trip to D1. */

import { businessDay } from '../../core/calendar.ts';
import { now } from '../../core/clock.ts';
import type { HouseConfig } from '../../core/config.ts';
import { mondayOf, weeksBefore } from '../../core/display/dates.ts';
import type { Dashboard, WeekOfDaily } from '../../core/pages/dashboard.ts';
import { SPARK_WEEKS } from '../../core/pages/week.ts';
import { render } from '../../sql/render.ts';
import { lastFailure } from '../nights/runs.ts';
import { shownNights } from '../nights/shown-nights.ts';

const WEEKS = 12;

/**
 * Sums and picks over the marts, one per section; what a mart says already is not computed again.
 */
const queries = {
  house: (): string => `
    select coalesce(max(is_sample), 0) as is_sample,
      (select count(*) from int_contacts) as people
    from stg_house`,
  week: (monday: string): string => `
    select * from weekly_summary where week_start >= '${weeksBefore(monday, SPARK_WEEKS)}'`,
  weeks: (monday: string): string => `
    select week_start, sum(emails_sent) as emails_sent, sum(replied) as replied,
      sum(calls_booked) as calls_booked, sum(dials) as dials,
      sum(first_purchases) as first_purchases
    from daily join stg_calendar on stg_calendar.day = daily.day
    where week_start >= '${weeksBefore(monday, WEEKS - 1)}' group by week_start`,
  credits: (): string => `
    select model, value, currency, is_house_currency, sum(conversions) as conversions,
      sum(revenue) as revenue, sum(spend) as spend,
      sum(case when spend is not null then revenue else 0 end) as repaid,
      sum(case when spend is not null then conversions else 0 end) as bought
    from attribution_summary
    where conversion_type = 'first_purchase' and lookback = '30d' and dimension = 'channel'
    group by model, value, currency, is_house_currency`,
  stages: (): string => `
    select stage, stage_no, sum(entered) as entered, sum(reached) as reached,
      sum(current_count) as current_count
    from funnel where ladder = 'pipeline' and dimension = 'all'
    group by stage, stage_no order by stage_no is null, stage_no`,
  buckets: (): string => `
    select bucket_no, bucket, category, sum(leads) as leads, sum(connected) as connected,
      sum(paid) as paid
    from speed_to_lead group by bucket_no, bucket, category order by bucket_no`,
  agents: (): string => `
    select agent_performance.*, name
    from agent_performance left join stg_agents on agent_id = agent
    where dimension = 'all' and period = 'all' order by leads_handled desc, agent`,
  danger: (): string => `
    select danger_list.*, stated_action, full_name,
      (select min(value) from stg_identities
        where stg_identities.contact_id = stg_contacts.contact_id and kind = 'phone') as phone,
      (select min(value) from stg_identities
        where stg_identities.contact_id = stg_contacts.contact_id and kind = 'email') as email
    from danger_list
    join stg_contacts on stg_contacts.contact_key = danger_list.contact_key
    join int_next_actions on int_next_actions.contact_id = stg_contacts.contact_id
    order by rank`,
  conversions: (): string => `
    select * from lead_conversion
    where period = 'all' and dimension in ('channel', 'lead_type') order by leads desc, value`,
  messages: (): string => `
    select campaign, max(name) as name, sequence_version, step_number as step,
      max(email_type) as email_type, sum(sent) as sent, sum(delivered) as delivered,
      sum(opened) as opened, sum(opened_human) as opened_human, sum(clicked) as clicked,
      sum(replied) as replied, sum(bounced) as bounced, sum(complained) as complained
    from email_performance left join stg_campaigns on stg_campaigns.campaign_id = campaign
    group by campaign, sequence_version, step_number having sum(sent) > 0
    order by campaign, sequence_version, step_number`,
} as const;

/** Twelve weeks without a gap: a week without facts is a week of zeros. */
function everyWeek(rows: WeekOfDaily[], monday: string): WeekOfDaily[] {
  const known = new Map(rows.map((row) => [row.week_start, row]));
  return Array.from({ length: WEEKS }, (_, index) => {
    const week_start = weeksBefore(monday, WEEKS - 1 - index);
    return (
      known.get(week_start) ?? {
        week_start,
        emails_sent: 0,
        replied: 0,
        calls_booked: 0,
        dials: 0,
        first_purchases: 0,
      }
    );
  });
}

export async function readDashboard(db: D1Database, config: HouseConfig): Promise<Dashboard> {
  const as_of = now(config);
  const zone = config.BUSINESS_TIME_ZONE;
  const monday = mondayOf(businessDay(as_of, zone));
  const names = Object.keys(queries) as (keyof typeof queries)[];
  const [answers, shown, failure] = await Promise.all([
    db.batch(names.map((name) => db.prepare(render(queries[name](monday), { as_of })))),
    shownNights(db),
    lastFailure(db),
  ]);
  const rows = <Row>(name: keyof typeof queries): Row[] =>
    answers[names.indexOf(name)]!.results as Row[];
  const house = rows<{ is_sample: number; people: number }>('house')[0];
  return {
    as_of,
    house: { is_sample: house?.is_sample === 1, people: house?.people ?? 0, time_zone: zone },
    stale: failure === null ? null : { reason: failure, shown: [...shown.values()] },
    running_week: monday,
    week: rows('week'),
    weeks: everyWeek(rows('weeks'), monday),
    credits: rows('credits'),
    stages: rows('stages'),
    buckets: rows('buckets'),
    agents: rows('agents'),
    danger: rows('danger'),
    conversions: rows('conversions'),
    messages: rows('messages'),
  };
}
