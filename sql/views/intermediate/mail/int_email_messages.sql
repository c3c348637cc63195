-- Grain: message; mail that a person wrote themselves is one too, answered and never sent. What an
-- event implies is said here, once (F4): a click an open and a delivery; an open, a reply or a
-- complaint a delivery; every event but scheduled, failed and suppressed a send. A click's actor is
-- that of the open it implies (G2).
-- Home of F4.
with messages as (
  select * from stg_email_messages
),
events as (
  select * from stg_email_events
),
first_events as (
  select
    contact_id,
    message_id,
    min(case when event_type not in ('scheduled', 'failed', 'suppressed') then occurred_at end)
      as implies_sent_at,
    min(case when event_type = 'sent' then occurred_at end) as stated_sent_at,
    min(case when event_type = 'sent' then occurred_day end) as stated_sent_day,
    min(case when event_type = 'delivered' then occurred_at end) as stated_delivered_at,
    min(case when event_type in ('opened', 'clicked', 'replied', 'complained') then occurred_at end)
      as implies_delivered_at,
    min(case when event_type = 'delivery_delayed' then occurred_at end) as delayed_at,
    min(case when event_type = 'failed' then occurred_at end) as failed_at,
    min(case when event_type = 'bounced' then occurred_at end) as bounced_at,
    min(case when event_type = 'bounced' then coalesce(bounce_type, 'unknown') end) as bounce_type,
    min(case when event_type in ('opened', 'clicked') then occurred_at end) as opened_at,
    min(case when event_type in ('opened', 'clicked') and is_human = 1 then occurred_at end)
      as opened_human_at,
    min(case when event_type = 'clicked' then occurred_at end) as clicked_at,
    min(case when event_type = 'clicked' and is_human = 1 then occurred_at end) as clicked_human_at,
    min(case when event_type = 'replied' then occurred_at end) as replied_at,
    min(case when event_type = 'complained' then occurred_at end) as complained_at,
    min(case when event_type = 'unsubscribed' then occurred_at end) as unsubscribed_at,
    min(case when event_type = 'suppressed' then occurred_at end) as suppressed_at
  from events
  group by contact_id, message_id
)
select
  messages.contact_id,
  messages.message_id,
  coalesce(campaign_id, 'none') as campaign_id,
  sequence_version,
  step_number,
  coalesce(email_type, 'unknown') as email_type,
  subject,
  coalesce(sending_domain, 'unknown') as sending_domain,
  coalesce(recipient_domain_group, 'unknown') as recipient_domain_group,
  created_at,
  created_day,
  case
    when implies_sent_at is not null and is_inbound = 0 then coalesce(stated_sent_at, created_at)
  end as sent_at,
  case
    when implies_sent_at is not null and is_inbound = 0 then coalesce(stated_sent_day, created_day)
  end as sent_day,
  stated_delivered_at as told_delivered_at,
  case
    when is_inbound = 0 then coalesce(stated_delivered_at, implies_delivered_at)
  end as delivered_at,
  delayed_at,
  failed_at,
  case when is_inbound = 0 then bounced_at end as bounced_at,
  case when is_inbound = 0 then bounce_type end as bounce_type,
  opened_at,
  opened_human_at,
  clicked_at,
  clicked_human_at,
  replied_at,
  complained_at,
  unsubscribed_at,
  suppressed_at,
  is_inbound,
  is_copy
from messages
left join first_events
  on first_events.contact_id = messages.contact_id
  and first_events.message_id = messages.message_id
