-- Grain: message created by as_of; a mail to several people is one for each of them (F4).
select
  contact_id,
  message_id,
  created_at,
  created_day,
  campaign_id,
  sequence_version,
  step_number,
  email_type,
  subject,
  sending_domain,
  recipient_domain_group,
  coalesce(is_inbound, 0) as is_inbound,
  coalesce(is_copy, 0) as is_copy
from {{table(email_messages)}}
where created_at <= (select as_of from clock)
  and contact_id between (select lo from scope) and (select hi from scope)
