-- Grain: contact with a booked call that is neither completed nor cancelled: when the one booked
-- last takes place.
with pending as (
  select
    contact_id, scheduled_at,
    row_number() over (partition by contact_id order by booked_at desc, call_key desc) as place
  from int_bookings
  where is_completed = 0 and cancelled_at is null
)
select contact_id, scheduled_at as next_follow_up_at
from pending
where place = 1
