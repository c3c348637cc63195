-- Check: what daily and the events of mail name stands in its dimension. A day before or after the
-- calendar stands in none: whoever stated it meant another.
with days as (
  select distinct day, agent, campaign from daily
),
named as (
  select 'day' as kind, day as name from days
  union all
  select 'agent' as kind, agent as name from days
  union all
  select 'campaign' as kind, campaign as name from days
  union all
  select 'message' as kind, message_id as name from fct_email_event
),
known as (
  select 'day' as kind, day as name from dim_date
  union all
  select 'agent' as kind, agent as name from dim_agent
  union all
  select 'campaign' as kind, campaign as name from dim_campaign
  union all
  select 'message' as kind, message_id as name from fct_email_message
),
both_sides as (
  select kind, name, 1 as is_named, 0 as is_known from named
  union all
  select kind, name, 0 as is_named, 1 as is_known from known
)
select concat(kind, ' ', name) as check_key
from both_sides
group by kind, name
having max(is_named) = 1 and max(is_known) = 0
