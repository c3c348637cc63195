/** What the dashboard shows, asked of the stored marts and kept with them. */
import { businessDay } from '../../core/calendar.ts';
import type { HouseConfig } from '../../core/config.ts';
import { mondayOf, weeksBefore } from '../../core/display/dates.ts';
import type { Dashboard, WeekOfDaily } from '../../core/pages/dashboard.ts';
import { SPARK_WEEKS } from '../../core/pages/week.ts';
import { render } from '../../sql/render.ts';
import { storedMarts } from './marts.ts';

const WEEKS = 12;

/**
 * Sums and picks over the marts, one per section; what a mart says already is not computed again.
 */
const queries = {
  house: (): string => `
    select count(*) as people from int_contacts`,
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

type Section = keyof typeof queries;
const sections = Object.keys(queries) as Section[];

/** The query of each section, in the week of `monday`. */
export const dashboardQueries = (monday: string): string[] =>
  sections.map((section) => queries[section](monday));

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

/** What a refresh makes of the marts. */
export type DashboardFigures = Pick<
  Dashboard,
  | 'running_week'
  | 'week'
  | 'weeks'
  | 'credits'
  | 'stages'
  | 'buckets'
  | 'agents'
  | 'danger'
  | 'conversions'
  | 'messages'
> & { people: number };

/** D1 takes 2 MB for a row; a character has four bytes at most. */
const PARTS = /.{1,400000}/gsu;

/** Asks the marts of a refresh and keeps the answers with them; answers what it cost D1, in ms. */
export async function storeDashboard(
  db: D1Database,
  config: HouseConfig,
  { refresh_id, as_of }: { refresh_id: number; as_of: number },
): Promise<number> {
  const monday = mondayOf(businessDay(as_of, config.BUSINESS_TIME_ZONE));
  const given = storedMarts(refresh_id);
  const answers = await db.batch(
    dashboardQueries(monday).map((query) => db.prepare(render(query, { as_of, given }))),
  );
  const rows = <Row>(section: Section): Row[] =>
    answers[sections.indexOf(section)]!.results as Row[];
  const figures: DashboardFigures = {
    people: rows<{ people: number }>('house')[0]!.people,
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
  const parts = JSON.stringify(figures).match(PARTS)!;
  const insert = db.prepare(
    "insert into stored_marts (refresh_id, mart, part, rows) values (?, 'dashboard', ?, ?)",
  );
  const written = await db.batch(parts.map((text, part) => insert.bind(refresh_id, part, text)));
  return [...answers, ...written].reduce((sum, { meta }) => sum + meta.duration, 0);
}

/** The answers of the refresh `refresh_id`, which may be a subquery: text in parts. */
export const dashboardParts = (db: D1Database, refresh_id: string): D1PreparedStatement =>
  db.prepare(
    `select rows from stored_marts
     where refresh_id = ${refresh_id} and mart = 'dashboard' order by part`,
  );
