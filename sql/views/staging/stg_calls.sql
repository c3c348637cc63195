-- Grain: call of which anything had happened by as_of. Its three instants are facts of their own,
-- each filtered by itself (A2). source is the provider of the call, or manual for one that was
-- logged by hand; touch_channel is how the call counts among the touches. Connected: done,
-- connected or booked, or logged by hand as completed (A2); in which direction and of which lead,
-- readers say. A call that was booked before it was dialled, and then not completed, reached nobody
-- by that dial. An outcome that was taken back (A5) is no call.
-- Home of A2.
with seen as (
  select
    contact_id, call_key, provider, medium, class, direction, duration_s, recorded, recording_url,
    outcome, objections, next_steps, notes, scheduled_at, booked_day, started_day, completed_day,
    coalesce(agent_id, 'unknown') as agent_id,
    case when booked_at <= (select as_of from clock) then booked_at end as booked_at,
    case when started_at <= (select as_of from clock) then started_at end as started_at,
    case when completed_at <= (select as_of from clock) then completed_at end as completed_at,
    case when cancelled_at <= (select as_of from clock) then cancelled_at end as cancelled_at
  from {{table(calls)}}
  where contact_id between (select lo from scope) and (select hi from scope)
)
select
  contact_id, call_key, provider, medium, class, direction, agent_id, duration_s, recorded,
  recording_url, objections, next_steps, notes, outcome,
  scheduled_at, booked_at, started_at, completed_at, cancelled_at,
  case when provider in {{call_providers()}} then provider else 'manual' end as source,
  case when medium = 'phone' then 1 else 0 end as is_phone,
  case when medium = 'phone' then 'call' else medium end as touch_channel,
  case
    when class = 'booked' and medium = 'phone' and booked_at < started_at and completed_at is null
      then 0
    when class in ('done', 'connected', 'booked') then 1
    when class not in ('voicemail', 'no_call') and completed_at is not null then 1
    else 0
  end as is_connected,
  case when booked_at is not null then booked_day end as booked_day,
  case when started_at is not null then started_day end as started_day,
  case when completed_at is not null then completed_day end as completed_day
from seen
where coalesce(booked_at, started_at, completed_at) is not null
  and class <> 'withdrawn'
