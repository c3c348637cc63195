-- Grain: ladder × cohort week × dimension × value × stage (R9). Stages off the ladder have no
-- number and no reached: they count only in current_count and entered, so that current_count sums
-- to the cohort.
with counts as (
  select
    ladder,
    stage,
    stage_no,
    counts.*
  from int_funnel_counts as counts
  join int_ladder_stages as rungs on rungs.rung_no = counts.rung_no
),
cells as (
  select distinct cell_no, week_start, iso_week, dimension, value from int_funnel_cells
),
compared as (
  select
    *,
    case when stage_no is not null then lag(reached) over rungs end as reached_previous,
    case when stage_no is not null then leads end as reached_top
  from counts
  window rungs as (
    partition by cell_no, ladder, case when stage_no is null then 1 else 0 end
    order by stage_no
  )
)
select
  ladder,
  iso_week as cohort,
  week_start,
  dimension,
  value,
  stage,
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
join cells on cells.cell_no = compared.cell_no
left join int_funnel_days as days
  on days.cell_no = compared.cell_no
  and days.rung_no = compared.rung_no
