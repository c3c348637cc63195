-- Grain: message that was scheduled, sent, failed or held, with its first instants of each kind,
-- what they imply included (F4).
with messages as (
  select * from int_email_messages
)
select
  contact_key,
  {{message_key(message_id, is_copy, contact_key)}} as message_id,
  campaign_id as campaign,
  sequence_version,
  step_number,
  email_type,
  created_at,
  created_day,
  sent_at,
  sent_day,
  delivered_at,
  delayed_at,
  failed_at,
  bounced_at,
  bounce_type,
  opened_at,
  opened_human_at,
  clicked_at,
  clicked_human_at,
  replied_at,
  complained_at,
  unsubscribed_at,
  suppressed_at,
  sending_domain,
  recipient_domain_group
from messages
join int_contacts on int_contacts.contact_id = messages.contact_id
