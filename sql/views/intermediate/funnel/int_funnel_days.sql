-- Grain: ladder × cohort week × dimension × value × stage: days of finished stays.
with contacts as (
  select * from int_funnel_contacts
),
stays as (
  select
    stays.ladder, stays.stage, week_start, channel, lead_type, tier, left_at - entered_at as stay_ms
  from int_stage_stays as stays
  join contacts on contacts.contact_id = stays.contact_id and contacts.ladder = stays.ladder
  where left_at is not null
),
dimensions as (
  {{dimension_rows(cohorts)}}
),
laid_out as (
  select ladder, stage, week_start, dimension, {{dimension_value(cohorts)}} as value, stay_ms
  from stays
  cross join dimensions
),
ranked as (
  select
    *,
    cume_dist() over (partition by ladder, stage, week_start, dimension, value order by stay_ms)
      as portion
  from laid_out
)
select
  ladder, stage, week_start, dimension, value,
  cast({{percentile(0.5, stay_ms, portion)}} as float64) / 86400000 as median_days_in_stage,
  cast({{percentile(0.9, stay_ms, portion)}} as float64) / 86400000 as p90_days_in_stage
from ranked
group by ladder, stage, week_start, dimension, value
