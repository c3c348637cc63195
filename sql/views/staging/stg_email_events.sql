-- Grain: email event that happened by as_of, with who made it (F5). Unknown counts as human: an
-- imported event has no user agent (G2).
-- Home of G2.
with events as (
  select
    contact_id,
    occurred_at,
    event_id,
    message_id,
    event_type,
    occurred_day,
    actor as stated_actor,
    bounce_type,
    link,
    user_agent,
    http_method,
    landed_at
  from {{table(email_events)}}
  where occurred_at <= (select as_of from clock)
    and contact_id between (select lo from scope) and (select hi from scope)
)
select
  events.contact_id, events.occurred_at, events.event_id, message_id, event_type, occurred_day,
  case
    when machines.event_id is not null then 'machine'
    when event_type not in ('opened', 'clicked')
      or stated_actor = 'human'
      or coalesce(user_agent, '') <> ''
      then 'human'
    else 'unknown'
  end as actor,
  bounce_type, link, user_agent, http_method, landed_at,
  case when machines.event_id is not null then 0 else 1 end as is_human
from events
left join stg_machine_events as machines
  on machines.contact_id = events.contact_id
  and machines.occurred_at = events.occurred_at
  and machines.event_id = events.event_id
