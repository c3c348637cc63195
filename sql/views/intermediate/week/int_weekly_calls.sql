-- Grain: ISO week: calls scheduled (booked) in it, pending ones among them, calls completed in it, deals closed in it (R10a).
with happenings as (
  select
    contact_id, booked_day as day, 1 as scheduled,
    case when completed_at is null and cancelled_at is null then 1 else 0 end as pending, 0 as completed, 0 as talk_s,
    0 as deals
  from int_bookings
  union all
  select contact_id, completed_day, 0, 0, 1, duration_s, 0 from int_completed_calls
),
deals as (
  select int_deals.*
  from int_deals
  join int_contacts on int_contacts.contact_id = int_deals.contact_id
),
weeks as (
  select * from int_weeks
),
counted as (
  select
    week_start, sum(scheduled) as scheduled, sum(pending) as pending, sum(completed) as completed, sum(talk_s) as talk_s,
    sum(case when completed = 1 and sales_stage = 'closed_won' then 1 else 0 end) as completed_won
  from happenings
  join stg_calendar on stg_calendar.day = happenings.day
  join int_contact_status on int_contact_status.contact_id = happenings.contact_id
  join int_contacts on int_contacts.contact_id = happenings.contact_id
  group by week_start
),
closed as (
  select week_start, count(*) as deals
  from deals
  join weeks on deals.closed_at >= weeks.starts_at and deals.closed_at < weeks.ends_at
  group by week_start
)
select
  weeks.week_start, coalesce(scheduled, 0) as scheduled, coalesce(pending, 0) as pending,
  coalesce(completed, 0) as completed, coalesce(talk_s, 0) as talk_s, coalesce(completed_won, 0) as completed_won,
  coalesce(deals, 0) as deals
from weeks
left join counted on counted.week_start = weeks.week_start
left join closed on closed.week_start = weeks.week_start
