-- Check: within a ladder's cohort, no stage is reached by more leads than the one before it, and
-- every lead stands somewhere once.
with rows_of_funnel as (
  select * from funnel
),
cohorts as (
  select ladder, cohort, dimension, value, max(leads) as leads, sum(current_count) as standing,
    sum(case when reached > reached_previous then 1 else 0 end) as rising
  from rows_of_funnel
  group by ladder, cohort, dimension, value
)
select concat(ladder, ' ', cohort, ' ', dimension, ' ', value) as check_key, leads, standing, rising
from cohorts
where leads <> standing or rising > 0
