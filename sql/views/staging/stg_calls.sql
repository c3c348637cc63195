-- Grain: call of which anything had happened by as_of. Its three instants are facts of their own, each filtered by itself (A2).
-- Connected: done, connected or booked, or logged by hand as completed (A2); whose direction and which lead, its readers say. What
-- was booked before it was dialled, and then was not completed, reached nobody by that dial.
with seen as (
  select
    contact_id, call_key, source, class, direction, coalesce(agent_id, 'unknown') as agent_id, duration_s, recorded,
    recording_url, outcome, objections, next_steps, notes, scheduled_at,
    case when booked_at <= (select as_of from clock) then booked_at end as booked_at, booked_day,
    case when started_at <= (select as_of from clock) then started_at end as started_at, started_day,
    case when completed_at <= (select as_of from clock) then completed_at end as completed_at, completed_day,
    case when cancelled_at <= (select as_of from clock) then cancelled_at end as cancelled_at
  from {{table(calls)}}
  where contact_id between (select lo from scope) and (select hi from scope)
)
select
  contact_id, call_key, source, class, direction, agent_id, duration_s, recorded, recording_url, objections, next_steps,
  notes, scheduled_at, booked_at, started_at, completed_at, cancelled_at,
  outcome,
  case
    when class = 'booked' and source not like 'discord%' and booked_at < started_at and completed_at is null then 0
    when class in ('done', 'connected', 'booked') then 1
    when class not in ('voicemail', 'no_call') and completed_at is not null then 1
    else 0
  end as is_connected,
  case when booked_at is not null then booked_day end as booked_day,
  case when started_at is not null then started_day end as started_day,
  case when completed_at is not null then completed_day end as completed_day
from seen
where coalesce(booked_at, started_at, completed_at) is not null
