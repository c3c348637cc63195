-- Grain: purchase, with its agent: the one it states, else that of the contact's last connected
-- call before it, else unknown (R3). Calls and purchases stand on one line, so that each call
-- closes a stretch and no purchase looks for its call.
with timeline as (
  select contact_id, started_at as occurred_at, call_key as item_key, 1 as is_call, agent_id
  from stg_calls
  where is_connected = 1 and started_at is not null
  union all
  select contact_id, purchased_at as occurred_at, purchase_key as item_key, 0 as is_call, agent_id
  from stg_purchases
  where kind <> 'refund'
),
stretches as (
  select
    *,
    sum(is_call) over (
      partition by contact_id order by occurred_at, is_call, item_key rows unbounded preceding
    ) as stretch
  from timeline
),
called as (
  select
    *,
    max(case when is_call = 1 then agent_id end) over (partition by contact_id, stretch)
      as last_agent_id
  from stretches
)
select
  contact_id, item_key as purchase_key, coalesce(agent_id, last_agent_id, 'unknown') as agent_id
from called
where is_call = 0
