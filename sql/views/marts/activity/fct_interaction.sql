-- Grain: happening between the house and a contact: interactions as they were stored, mail sent and
-- answered, calls and bookings. One happening has one home, so the three homes never tell the same
-- one (F6).
with mail as (
  select
    int_email_messages.contact_id,
    concat('sent:', {{message_key(message_id, is_copy, contact_key)}}) as interaction_key,
    sent_at as occurred_at,
    sent_day as occurred_day,
    'email' as channel,
    'outbound' as direction,
    'no_response' as outcome,
    campaign_id as campaign,
    'automated' as initiated_by,
    'email' as source
  from int_email_messages
  join int_contacts on int_contacts.contact_id = int_email_messages.contact_id
  where sent_at is not null
  union all
  select
    stg_email_events.contact_id,
    concat('reply:', event_id) as interaction_key,
    occurred_at,
    occurred_day,
    'email' as channel,
    'inbound' as direction,
    'replied' as outcome,
    coalesce(campaign_id, 'none') as campaign,
    'self' as initiated_by,
    'email' as source
  from stg_email_events
  left join stg_email_messages
    on stg_email_messages.contact_id = stg_email_events.contact_id
    and stg_email_messages.message_id = stg_email_events.message_id
  where event_type = 'replied'
),
calls as (
  select
    contact_id, concat('call:', call_key) as interaction_key, started_at as occurred_at,
    started_day as occurred_day, touch_channel as channel, direction,
    case
      when class in ('voicemail', 'no_call') then 'no_response'
      else coalesce(outcome, 'replied')
    end as outcome,
    'none' as campaign,
    case when direction = 'inbound' then 'self' else 'orchestrator' end as initiated_by,
    source
  from stg_calls
  where started_at is not null and class <> 'no_call'
  union all
  select
    contact_id,
    concat('booking:', call_key) as interaction_key,
    booked_at,
    booked_day,
    touch_channel,
    'inbound' as direction,
    'booked' as outcome,
    'none' as campaign,
    'self' as initiated_by,
    source
  from int_bookings
),
stored as (
  select
    contact_id,
    concat('interaction:', interaction_key) as interaction_key,
    occurred_at,
    occurred_day,
    channel,
    direction,
    coalesce(outcome, 'unknown') as outcome, coalesce(campaign_id, 'none') as campaign,
    coalesce(initiated_by, 'unknown') as initiated_by, source
  from stg_interactions
),
happenings as (
  select * from mail
  union all
  select * from calls
  union all
  select * from stored
)
select
  contact_key,
  interaction_key,
  occurred_at,
  occurred_day,
  happenings.channel,
  direction,
  outcome,
  campaign,
  initiated_by,
  source
from happenings
-- Crossed, not joined: SQLite then looks up the contact of each, and indexes no happenings.
cross join int_contacts
where int_contacts.contact_id = happenings.contact_id
