-- Grain: event of a message, as the provider told it: what it implies stands in fct_email_message
-- (F4). Link and user agent stay in the house (R12).
with events as (
  select * from stg_email_events
),
messages as (
  select
    contact_id, message_id, campaign_id, sequence_version, step_number, is_copy
  from stg_email_messages
)
select
  contact_key,
  events.event_id,
  {{message_key(events.message_id, is_copy, contact_key)}} as message_id,
  event_type,
  occurred_at,
  occurred_day,
  actor,
  is_human,
  case when event_type = 'bounced' then coalesce(bounce_type, 'unknown') end as bounce_type,
  coalesce(campaign_id, 'none') as campaign,
  sequence_version,
  step_number
from events
join int_contacts on int_contacts.contact_id = events.contact_id
left join messages
  on messages.contact_id = events.contact_id
  and messages.message_id = events.message_id
