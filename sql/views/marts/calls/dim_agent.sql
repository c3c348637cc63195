-- Grain: agent whom a call or purchase names, and the two words that stand where there is none, so
-- that every agent of a mart is here. Without the name (R12).
with calls as (
  select agent_id from stg_calls
),
sales as (
  select agent_id, purchased_at from int_purchases where kind <> 'refund'
),
attempts as (
  select agent_id, min(attempted_at) as first_attempt_at, max(attempted_at) as last_attempt_at
  from int_call_attempts
  group by agent_id
),
closings as (
  select agent_id, min(purchased_at) as first_sale_at, max(purchased_at) as last_sale_at
  from sales
  group by agent_id
),
named as (
  select agent_id from calls
  union all
  select agent_id from sales
  union all
  select 'unknown'
  union all
  select 'none'
),
agents as (
  select distinct agent_id from named
)
select
  agents.agent_id as agent,
  case when agents.agent_id in ('unknown', 'none') then 0 else 1 end as is_named,
  first_attempt_at, last_attempt_at, first_sale_at, last_sale_at
from agents
left join attempts on attempts.agent_id = agents.agent_id
left join closings on closings.agent_id = agents.agent_id
