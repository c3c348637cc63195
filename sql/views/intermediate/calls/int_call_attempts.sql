-- Grain: attempt (G3): an outbound call that began, or a Discord outcome but X, whatever its
-- direction, once the lead was there (A1).
-- Home of G3, A1.
with calls as (
  select * from stg_calls
),
contacts as (
  select contact_id, lead_added_at from int_contacts
),
attempts as (
  select
    calls.contact_id, call_key, source, class, agent_id, started_at, started_day, duration_s,
    is_phone, is_connected,
    case when class = 'voicemail' then 1 else 0 end as is_voicemail
  from calls
  join contacts on contacts.contact_id = calls.contact_id
  where (direction = 'outbound' or is_phone = 0)
    and class <> 'no_call'
    and started_at >= lead_added_at
)
select
  contact_id, call_key, source, class, agent_id,
  started_at as attempted_at,
  started_day as attempted_day,
  is_phone, is_connected, is_voicemail, duration_s,
  row_number() over (partition by contact_id order by started_at, call_key) as attempt_no
from attempts
