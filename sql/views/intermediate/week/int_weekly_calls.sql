-- Grain: ISO week: calls booked in it and those of them that are pending, calls completed in it,
-- deals closed in it (R10a).
with bookings as (
  select
    week_start,
    count(*) as scheduled,
    sum(case when completed_at is null and cancelled_at is null then 1 else 0 end) as pending
  from int_bookings
  join int_contacts on int_contacts.contact_id = int_bookings.contact_id
  join stg_calendar on stg_calendar.day = booked_day
  group by week_start
),
completed_calls as (
  select
    week_start,
    count(*) as completed,
    sum(duration_s) as talk_s,
    sum(case when sales_stage = 'closed_won' then 1 else 0 end) as completed_won
  from int_completed_calls
  join int_contacts on int_contacts.contact_id = int_completed_calls.contact_id
  join int_contact_status on int_contact_status.contact_id = int_completed_calls.contact_id
  join stg_calendar on stg_calendar.day = completed_day
  group by week_start
),
deals as (
  select int_deals.*
  from int_deals
  join int_contacts on int_contacts.contact_id = int_deals.contact_id
),
weeks as (
  select * from int_weeks
),
closed as (
  select week_start, count(*) as deals_closed
  from deals
  join weeks on deals.closed_at >= weeks.starts_at and deals.closed_at < weeks.ends_at
  group by week_start
)
select
  weeks.week_start,
  coalesce(scheduled, 0) as scheduled,
  coalesce(pending, 0) as pending,
  coalesce(completed, 0) as completed,
  coalesce(talk_s, 0) as talk_s,
  coalesce(completed_won, 0) as completed_won,
  coalesce(deals_closed, 0) as deals
from weeks
left join bookings on bookings.week_start = weeks.week_start
left join completed_calls on completed_calls.week_start = weeks.week_start
left join closed on closed.week_start = weeks.week_start
