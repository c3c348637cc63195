-- Grain: email event that happened by as_of, its actor classed from stored signals (F5), never at landing: the deciding signal
-- (a delivery, another link) may arrive later. Unknown counts as human: an imported event has no user agent (G2).
with events as (
  select
    contact_id, occurred_at, event_id, message_id, event_type, occurred_day, actor as stated_actor, bounce_type, link,
    user_agent, lower(coalesce(user_agent, '')) as agent_text, http_method, landed_at,
    min(case when event_type = 'delivered' then occurred_at end)
      over (partition by contact_id, message_id) as delivered_at
  from {{table(email_events)}}
  where occurred_at <= (select as_of from clock)
    and contact_id between (select lo from scope) and (select hi from scope)
),
classed as (
  select
    events.*,
    case
      when event_type not in ('opened', 'clicked') then 'human'
      when stated_actor = 'machine' then 'machine'
      when http_method = 'HEAD' then 'machine'
      when {{machine_agent(agent_text)}} then 'machine'
      when bursts.event_id is not null then 'machine'
      when event_type = 'opened'
        and events.occurred_at - delivered_at between 0 and {{rule(machine_open_within_ms)}} then 'machine'
      when stated_actor = 'human' or agent_text <> '' then 'human'
      else 'unknown'
    end as actor
  from events
  left join stg_machine_clicks as bursts
    on bursts.contact_id = events.contact_id
    and bursts.occurred_at = events.occurred_at
    and bursts.event_id = events.event_id
)
select
  contact_id, occurred_at, event_id, message_id, event_type, occurred_day, actor, bounce_type, link, user_agent,
  http_method, landed_at,
  case when actor = 'machine' then 0 else 1 end as is_human
from classed
