/**
 * What each chart must show, asked of the row-level tables (of another slice of the mart where none
 * holds the fact): one query per chart, its columns the dimensions and then the metrics. It never
 * reads the table that the chart is built from the way that the chart does.
 */
import type { Days } from '../../looker/ranges.ts';

const paid = `(
   select distinct contact_key from fct_purchase where kind <> 'refund' and is_refunded = 0
 )`;
const one = (what: string, table: string, day: string) => (days: Days) =>
  `select ${what} from ${table} where ${day} between '${days.from}' and '${days.to}'`;
const weekly =
  (what: string, table: string, day: string, condition = '1 = 1') =>
  (days: Days) =>
    `select week_start, ${what} from (select distinct week_start from stg_calendar
     where day between '${days.from}' and '${days.to}') as weeks
   left join (select stg_calendar.week_start as week, t.*
     from ${table} as t join stg_calendar on stg_calendar.day = t.${day}
     where ${condition}) as facts on facts.week = weeks.week_start
   group by week_start order by week_start`;
const week = (what: string, condition: string) => (days: Days) =>
  `select ${what} from weekly_summary where week_start = '${days.from}' and ${condition} order ` +
  'by position';

const attempts = 'fct_call_attempt';
const revenue = `sum(case when currency = 'USD' then amount else 0 end)`;
const pickup = 'sum(is_connected) * 1.0 / nullif(count(is_connected), 0)';
const talk = 'sum(case when is_connected = 1 then coalesce(duration_seconds, 0) else 0 end) / 60.0';
const speed = (columns: string, condition: string) => (days: Days) =>
  `select bucket, ${columns} from fct_speed_to_lead as t
   left join ${paid} as payers on payers.contact_key = t.contact_key
   where lead_added_day between '${days.from}' and '${days.to}' and ${condition}
   group by bucket order by min(bucket_no)`;
const perAgent = (columns: string) => () =>
  `select all_leads.agent, ${columns} from agent_performance as all_leads
   join (
     select agent, sum(leads_handled) as leads, sum(paid_conversions) as paid,
       sum(expected_paid) as expected
     from agent_performance where dimension = 'term' and period = 'all' group by agent
   ) as terms
   on terms.agent = all_leads.agent
   where dimension = 'all' and period = 'all' and all_leads.agent <> 'unknown'
   order by case when expected >= 1 then paid / expected end desc`;
const index = `case when expected >= 1 then paid / expected end,
   performance_index_lo, performance_index_hi`;
const endangered = `select t.contact_key, lead_type, count(*) as attempts,
   count(distinct agent) as agents_tried, max(attempted_at) as last_attempt
 from ${attempts} as t where t.contact_key not in ${paid} group by t.contact_key, lead_type
 having count(*) >= 3 and sum(is_connected) = 0`;
const ranked = `select found.*, lead_added_at,
   row_number() over (order by found.attempts desc, lead_added_at, found.contact_key) as place,
   coalesce((
     select next_action from danger_list where danger_list.contact_key = found.contact_key
   ), 'none') as next_action
 from (${endangered}) as found join dim_contact on dim_contact.contact_key = found.contact_key`;

export const expectedCharts: Record<string, (days: Days) => string> = {
  revenue_last_week: one(revenue, 'fct_purchase', 'purchased_day'),
  customers_last_week: one('sum(is_first_purchase)', 'fct_purchase', 'purchased_day'),
  leads_last_week: one('count(*)', 'dim_contact', 'lead_added_day'),
  booked_last_week: one('count(*)', 'int_bookings', 'booked_day'),
  reply_rate_last_week: one(
    'count(replied_at) * 1.0 / count(*)',
    '(select * from fct_email_message where sent_at is not null)',
    'sent_day',
  ),
  pickup_rate_last_week: one(pickup, attempts, 'attempted_day'),
  revenue_per_week: weekly(`coalesce(${revenue}, 0)`, 'fct_purchase', 'purchased_day'),
  sentences: week('sentence', `sentence is not null and state <> 'so far'`),
  leads_per_week: weekly('count(contact_key)', 'dim_contact', 'lead_added_day'),
  replies_per_week: weekly('count(replied_at)', 'fct_email_message', 'sent_day'),
  booked_per_week: weekly('count(call_key)', 'int_bookings', 'booked_day'),
  customers_per_week: weekly(
    'coalesce(sum(is_first_purchase), 0)',
    'fct_purchase',
    'purchased_day',
  ),
  pipeline: (days) =>
    `select stage, sum(reached) as here,
       sum(reached) * 1.0 / nullif(lag(sum(reached)) over (order by min(stage_no)), 0)
     from funnel where ladder = 'pipeline' and dimension = 'lead_type' and stage_no is not null
       and week_start between '${days.from}' and '${days.to}'
     group by stage order by min(stage_no)`,
  revenue_by_channel: (days) =>
    `select coalesce(int_touches.channel, 'unattributed') as value,
       sum(value_minor) as revenue, sum(share_ppb) / 1e9
     from int_attribution_credits as credits
     join fct_purchase on fct_purchase.purchase_key = credits.conversion_key
     join stg_calendar on stg_calendar.day = purchased_day
     left join int_touches on int_touches.contact_id = credits.contact_id
       and int_touches.touch_key = credits.touch_key
     where conversion_type = 'first_purchase' and model = 'u_shaped' and in_30d = 1
       and fct_purchase.currency = 'USD'
       and stg_calendar.month_start between '${days.from}' and '${days.to}'
     group by 1 order by revenue desc, value limit 8`,
  targets: week('line, value_text, flag', `flag not in ('', 'no data') and state <> 'so far'`),
  agents_against_expected: perAgent(`paid, expected, ${index}`),
  danger_by_lead_type: () =>
    `select lead_type, count(*), sum(attempts) as attempts from (${ranked}) where place <= 30
     group by lead_type order by attempts desc, lead_type`,
  dials_last_week: one('count(*)', attempts, 'attempted_day'),
  connected_last_week: one('sum(is_connected)', attempts, 'attempted_day'),
  pickup_last_week: one(pickup, attempts, 'attempted_day'),
  talk_last_week: one(talk, attempts, 'attempted_day'),
  completed_last_week: one('count(*)', 'int_completed_calls', 'completed_day'),
  sales_last_week: one('sum(is_first_purchase)', 'fct_purchase', 'purchased_day'),
  dials_per_week: weekly(
    'count(call_key), coalesce(sum(is_connected), 0)',
    attempts,
    'attempted_day',
  ),
  pickup_per_week: weekly(pickup, attempts, 'attempted_day'),
  speed_to_lead: speed('count(*)', `category = 'phone'`),
  speed_pays: speed(
    'count(*), count(*) * 1.0 / sum(count(*)) over (), sum(is_connected) * 1.0 / count(*), ' +
      'count(payers.contact_key) * 1.0 / count(*)',
    '1 = 1',
  ),
  agents_in_range: ({ from, to }) =>
    `select agent, sum(dials) as dials, sum(connected),
       sum(connected) * 1.0 / nullif(sum(dials), 0), sum(talk), sum(booked),
       sum(completed), sum(sold), sum(revenue)
     from (
       select agent, attempted_day as day, 1 as dials, is_connected as connected,
         is_connected * coalesce(duration_seconds, 0) / 60.0 as talk,
         0 as booked, 0 as completed, 0 as sold, 0 as revenue
       from ${attempts}
       union all select agent_id, booked_day, 0, 0, 0, 1, 0, 0, 0 from int_bookings
       union all select agent_id, completed_day, 0, 0, 0, 0, 1, 0, 0 from int_completed_calls
       union all select agent, purchased_day, 0, 0, 0, 0, 0, is_first_purchase,
         case when currency = 'USD' then amount else 0 end
       from fct_purchase
     ) where day between '${from}' and '${to}' group by agent order by dials desc, agent`,
  agents_and_their_leads: perAgent(
    `leads, (select median from (
       select agent, minutes as median, count(*) over (partition by agent) as firsts,
         row_number() over (partition by agent order by minutes) as place
       from (select agent, (attempted_at - lead_added_at) / 60000.0 as minutes from ${attempts} as t
         join dim_contact on dim_contact.contact_key = t.contact_key where attempt_no = 1)
     ) as ordered where ordered.agent = all_leads.agent and place = (firsts + 1) / 2),
     paid, paid * 1.0 / nullif(leads, 0), expected, ${index}`,
  ),
  pickup_by_lead_type: ({ from, to }) =>
    `select lead_type, sum(dials * is_connected) * 1.0 / nullif(sum(dials), 0) as pickup,
       sum(dials)
     from (
       select lead_type, attempted_day as day, 1 as dials, is_connected from ${attempts}
       union all select lead_type, lead_added_day, 0, 0 from dim_contact
       union all select lead_type, sent_day, 0, 0 from fct_email_message as t
         join dim_contact on dim_contact.contact_key = t.contact_key
     ) where day between '${from}' and '${to}'
     group by lead_type order by pickup is null, pickup desc, lead_type`,
  danger_list: () =>
    `select next_action, lead_type, attempts, agents_tried, last_attempt,
       ((select as_of from clock) - lead_added_at) / 86400000, place, contact_key
     from (${ranked}) where place <= 10 order by place`,
};
