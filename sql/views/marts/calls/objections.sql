-- Grain: objection × week in which the call that raised it was completed. Won as in the weekly
-- summary's Deal Conversion: the contact stands in closed_won (R10). What somebody wrote stays in
-- the house; only its code is published (R12).
with calls as (
  select contact_id, call_key, completed_at, completed_day, objections
  from stg_calls
  where completed_at is not null and objections is not null
),
raised_by_call as (
  select distinct
    contact_id, call_key, completed_at, completed_day,
    {{objection_code(items.value)}} as objection
  from calls
  cross join {{list_items(objections)}} as items
),
contacts as (
  select contact_id from int_contacts
),
judged as (
  select
    objection, iso_week, week_start,
    case when sales_stage = 'closed_won' then 1 else 0 end as is_won,
    case
      when sales_stage <> 'closed_won' then null
      when closed_at <= completed_at then 0
      else closed_at - completed_at
    end as close_ms
  from raised_by_call
  join contacts on contacts.contact_id = raised_by_call.contact_id
  join int_contact_status on int_contact_status.contact_id = raised_by_call.contact_id
  join stg_calendar on stg_calendar.day = completed_day
  left join int_deals on int_deals.contact_id = raised_by_call.contact_id
),
ordered as (
  select
    *,
    cume_dist() over (
      partition by objection, week_start, case when close_ms is null then 0 else 1 end
      order by close_ms
    ) as portion
  from judged
),
counted as (
  select
    objection, iso_week, week_start,
    count(*) as raised,
    sum(is_won) as won,
    {{percentile(0.5, close_ms, portion)}} as median_close_ms
  from ordered
  group by objection, iso_week, week_start
)
select
  iso_week as period,
  week_start,
  objection,
  raised,
  won,
  {{rate_columns(win_rate, won, raised)}},
  case when raised < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  median_close_ms / 86400000.0 as median_days_to_close
from counted
