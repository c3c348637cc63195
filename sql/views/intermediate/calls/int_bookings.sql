-- Grain: booked call. A Discord B is a booking at its detection (A2).
with calls as (
  select * from stg_calls
),
booked as (
  select
    contact_id, call_key, source, touch_channel, agent_id, scheduled_at, completed_at, cancelled_at,
    case when class = 'booked' and is_phone = 0 then coalesce(booked_at, started_at) else booked_at
      end as booked_at,
    case when class = 'booked' and is_phone = 0 then coalesce(booked_day, started_day)
      else booked_day end as booked_day
  from calls
)
select
  contact_id, call_key, source, touch_channel, agent_id, booked_at, booked_day, scheduled_at,
  completed_at, cancelled_at,
  case when completed_at is not null then 1 else 0 end as is_completed
from booked
where booked_at is not null
