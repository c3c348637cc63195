-- Grain: attempt to reach a lead (G3).
select
  contact_key,
  call_key,
  source,
  class,
  agent_id as agent,
  attempted_at,
  attempted_day,
  attempt_no,
  is_phone,
  is_connected,
  is_voicemail,
  duration_s as duration_seconds,
  lead_type
from int_call_attempts
join int_contacts on int_contacts.contact_id = int_call_attempts.contact_id
