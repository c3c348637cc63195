-- Grain: ladder × cohort week × dimension × value × stage: how many entered it, reached it, stand
-- in it (R9). Contacts are counted once per combination of segments first, so that only small
-- tables are laid out by dimension.
-- Home of R9.
with contacts as (
  select * from int_funnel_contacts
),
rungs as (
  select * from int_ladder_stages
),
entries as (
  select distinct contact_id, ladder, stage from int_stage_stays
  union all
  select distinct contact_id, 'pipeline' as ladder, 'unsubscribed' as stage
  from stg_status_changes
  where field = 'unsubscribed' and to_value = '1'
  union all
  select distinct contact_id, 'lifecycle' as ladder, 'unsubscribed' as stage
  from stg_status_changes
  where field = 'unsubscribed' and to_value = '1'
),
cells as (
  select
    rungs.ladder, rungs.stage, rungs.stage_no, week_start, iso_week, channel, lead_type, tier,
    0 as entered, sum(case when rungs.stage_no <= top_no then contacts else 0 end) as reached,
    sum(case when rungs.stage = current_stage then contacts else 0 end) as current_count,
    sum(case when rungs.stage = current_stage then open_value else 0 end) as open_value,
    sum(contacts) as leads
  from (
    select
      ladder,
      week_start,
      iso_week,
      channel,
      lead_type,
      tier,
      current_stage,
      top_no,
      count(*) as contacts,
      sum(open_value) as open_value
    from contacts
    group by ladder, week_start, iso_week, channel, lead_type, tier, current_stage, top_no
  ) as combinations
  join rungs on rungs.ladder = combinations.ladder
  group by rungs.ladder, rungs.stage, rungs.stage_no, week_start, iso_week, channel, lead_type, tier
  union all
  select
    rungs.ladder,
    rungs.stage,
    rungs.stage_no,
    week_start,
    iso_week,
    channel,
    lead_type,
    tier,
    count(*),
    0,
    0,
    0,
    0
  from entries
  join contacts on contacts.contact_id = entries.contact_id and contacts.ladder = entries.ladder
  join rungs on rungs.ladder = entries.ladder and rungs.stage = entries.stage
  group by rungs.ladder, rungs.stage, rungs.stage_no, week_start, iso_week, channel, lead_type, tier
),
dimensions as (
  {{dimension_rows(cohorts)}}
),
laid_out as (
  select *, {{dimension_value(cohorts)}} as value
  from cells
  cross join dimensions
)
select
  ladder,
  stage,
  stage_no,
  week_start,
  iso_week,
  dimension,
  value,
  sum(entered) as entered,
  sum(reached) as reached,
  sum(current_count) as current_count,
  sum(open_value) as open_value,
  sum(leads) as leads
from laid_out
group by ladder, stage, stage_no, week_start, iso_week, dimension, value
