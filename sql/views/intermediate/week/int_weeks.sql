-- Grain: ISO week from the first lead to the running one, which is 'so far' (R10a). ends_at is the
-- instant after its last day.
with begun as (
  select iso_week, week_start, min(starts_at) as starts_at, max(ends_at) as ends_at
  from stg_calendar
  group by iso_week, week_start
),
firsts as (
  select min(lead_added_at) as first_at from int_contacts
)
select
  iso_week,
  week_start,
  starts_at,
  ends_at,
  case when ends_at <= as_of then 'complete' else 'so far' end as state
from begun
cross join firsts
cross join stg_clock
where ends_at > first_at and starts_at <= as_of
