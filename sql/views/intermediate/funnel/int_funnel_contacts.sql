-- Grain: contact × ladder: its cohort and segments, the highest rung ever reached, where it stands
-- now, and its open value (S2, S3).
-- Home of S3.
with contacts as (
  select
    contact_id,
    week_start,
    iso_week,
    channel,
    lead_type,
    tier,
    coalesce(deal_value_minor, 0) as deal_value_minor
  from int_contacts
  join stg_calendar on stg_calendar.day = int_contacts.lead_added_day
),
states as (
  select contact_id, lead_status, sales_stage, unsubscribed from int_contact_status
),
tops as (
  select contact_id, stays.ladder, max(stage_no) as top_no
  from int_stage_stays as stays
  join int_ladder_stages as rungs on rungs.ladder = stays.ladder and rungs.stage = stays.stage
  group by contact_id, stays.ladder
),
standing as (
  select
    contact_id, 'lifecycle' as ladder, lead_status as stage, sales_stage, unsubscribed
  from states
  union all
  select
    contact_id, 'pipeline' as ladder, sales_stage as stage, sales_stage, unsubscribed
  from states
)
select
  contacts.contact_id,
  standing.ladder,
  week_start,
  iso_week,
  channel,
  lead_type,
  tier,
  case when unsubscribed = 1 then 'unsubscribed' else stage end as current_stage,
  coalesce(top_no, 1) as top_no,
  case
    when sales_stage in ('closed_won', 'closed_lost') then 0
    else deal_value_minor
  end as open_value
from contacts
join standing on standing.contact_id = contacts.contact_id
left join tops on tops.contact_id = contacts.contact_id and tops.ladder = standing.ladder
