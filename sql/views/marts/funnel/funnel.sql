-- Grain: ladder × cohort week × dimension × value × stage (R9). Stages off the ladder have no
-- number and no reached: they count only in current_count and entered, so that current_count sums
-- to the cohort.
with counts as (
  select * from int_funnel_counts
),
days as (
  select * from int_funnel_days
),
compared as (
  select
    *,
    case when stage_no is not null then lag(reached) over rungs end as reached_previous,
    case when stage_no is not null then leads end as reached_top
  from counts
  window rungs as (
    partition by ladder, week_start, dimension, value, case when stage_no is null then 1 else 0 end
    order by stage_no
  )
)
select
  compared.ladder,
  iso_week as cohort,
  compared.week_start,
  compared.dimension,
  compared.value,
  compared.stage,
  stage_no,
  leads,
  entered,
  case when stage_no is not null then reached end as reached,
  current_count,
  open_value,
  reached_previous,
  reached_top,
  {{rate_columns(from_previous_rate, reached, reached_previous)}},
  {{rate_columns(from_top_rate, reached, reached_top)}},
  case when leads < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  median_days_in_stage,
  p90_days_in_stage,
  currency
from compared
cross join int_house_currency
left join days
  on days.ladder = compared.ladder
    and days.stage = compared.stage
    and days.week_start = compared.week_start
  and days.dimension = compared.dimension and days.value = compared.value
