-- Grain: business day, from the year of the house's first fact to a year after as_of, so that plans
-- and targets have their days.
with calendar as (
  select
    stg_calendar.*,
    row_number() over (partition by week_start order by day) as day_no,
    row_number() over (partition by week_start order by day desc) as day_no_from_end,
    min(day) over (partition by week_start) as first_day
  from stg_calendar
),
call_days as (
  select min(booked_day) as day from stg_calls
  union all
  select min(started_day) from stg_calls
  union all
  select min(completed_day) from stg_calls
),
other_days as (
  select min(lead_added_day) as day from int_contacts
  union all
  select min(created_day) from stg_email_messages
  union all
  select min(occurred_day) from stg_interactions
  union all
  select min(purchased_day) from stg_purchases
),
first_days as (
  select min(day) as day from call_days
  union all
  select min(day) from other_days
  union all
  -- A house without facts begins today.
  select min(day) from stg_calendar cross join stg_clock where ends_at > as_of
),
opening as (
  select substr(min(day), 1, 4) as year_text from first_days
)
select
  day,
  -- Counted from Sunday backwards in a week that does not begin on its Monday: the calendar's
  -- first, which its last may cut too.
  case when first_day = week_start then day_no else 8 - day_no_from_end end as day_of_week,
  week_start,
  iso_week,
  month_start,
  month,
  cast(floor((cast(substr(month, 6, 2) as int64) + 2) / 3.0) as int64) as quarter_of_year,
  cast(substr(day, 1, 4) as int64) as year_no,
  is_business_day,
  starts_at,
  ends_at,
  case when ends_at <= as_of then 1 else 0 end as is_over
from calendar
cross join opening
cross join stg_clock
where substr(day, 1, 4) >= year_text
  and starts_at <= as_of + 31622400000
