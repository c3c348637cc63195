-- Grain: lead, with the attempt that placed it in its row of speed_to_lead (R2).
select
  contact_key,
  int_contacts.lead_added_at,
  int_contacts.lead_added_day,
  iso_week as period,
  week_start,
  lead_type,
  term,
  tier,
  category,
  bucket,
  bucket_no,
  attempted_at as first_attempt_at,
  coalesce(source, 'none') as first_attempt_source,
  coalesce(class, 'none') as first_attempt_class,
  coalesce(agent_id, 'none') as agent,
  wall_ms / 60000.0 as minutes_wall,
  business_ms / 60000.0 as minutes_business,
  precision_s as precision_seconds,
  is_connected
from int_speed_to_lead
join int_contacts on int_contacts.contact_id = int_speed_to_lead.contact_id
