-- Grain: completed call that was booked or logged by hand; other Aircall and Discord calls are
-- dials (R10a). The one home of what counts as completed: the stage, the milestones, daily and the
-- weekly summary read it.
with calls as (
  select * from stg_calls
)
select
  contact_id, call_key, source, agent_id, booked_at, completed_at, completed_day,
  coalesce(duration_s, 0) as duration_s, coalesce(outcome, '') as outcome
from calls
where completed_at is not null
  and (booked_at is not null or class = 'booked' or source = 'manual')
