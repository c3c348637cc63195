-- Grain: business day of the calendar, up to a year after as_of, so that plans and targets have their days.
with calendar as (
  select
    stg_calendar.*, row_number() over (partition by week_start order by day desc) as days_to_week_end
  from stg_calendar
)
select
  day,
  -- Counted from Sunday backwards, because the calendar does not begin on a Monday.
  8 - days_to_week_end as day_of_week,
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
cross join stg_clock
where starts_at <= as_of + 31622400000
