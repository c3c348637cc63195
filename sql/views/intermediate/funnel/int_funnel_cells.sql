-- Grain: segment of leads × dimension, with the cell of the funnel that counts its leads: cohort
-- week × dimension × value, by name and by number.
with segments as (
  select distinct segment_no, week_start, iso_week, channel, lead_type, tier
  from int_funnel_leads
),
dimensions as (
  {{dimension_rows(cohorts)}}
),
laid_out as (
  select segment_no, week_start, iso_week, dimension, {{dimension_value(cohorts)}} as value
  from segments
  cross join dimensions
)
select
  segment_no,
  week_start,
  iso_week,
  dimension,
  value,
  dense_rank() over (order by week_start, dimension, value) as cell_no
from laid_out
