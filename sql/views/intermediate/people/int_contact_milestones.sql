-- Grain: contact. Firsts, lasts and counts, defined once (architecture decision 13); null or 0
-- where there is none.
with contacts as (
  select contact_id from stg_contacts
),
clock_now as (
  select as_of from stg_clock
),
events as (
  select contact_id, occurred_at, event, is_touch, is_activity
  from int_contact_events
  cross join clock_now
  where occurred_at <= as_of
),
firsts as (
  select
    contact_id,
    min(case when is_touch = 1 then occurred_at end) as first_touch_at,
    max(case when is_touch = 1 then occurred_at end) as last_touch_at,
    max(case when is_activity = 1 then occurred_at end) as last_activity_at,
    min(case when event = 'replied' then occurred_at end) as first_reply_at,
    min(case when event = 'booked' then occurred_at end) as first_booking_at,
    min(case when event in ('purchased', 'receipt') then occurred_at end) as first_purchase_at,
    min(case when event = 'completed' then occurred_at end) as completion_at,
    sum(case when event = 'call_completed' then 1 else 0 end) as calls_completed
  from events
  group by contact_id
),
mail as (
  select
    contact_id,
    sum(case when sent_at is not null then 1 else 0 end) as emails_sent,
    sum(case when opened_at is not null then 1 else 0 end) as emails_opened,
    sum(case when clicked_at is not null then 1 else 0 end) as emails_clicked,
    sum(case when replied_at is not null then 1 else 0 end) as emails_replied
  from int_email_messages
  where is_inbound = 0
  group by contact_id
),
dials as (
  select
    contact_id,
    count(*) as attempts,
    sum(is_connected) as connections,
    min(attempted_at) as first_attempt_at,
    min(case when is_connected = 1 then attempted_at end) as first_connection_at
  from int_call_attempts
  group by contact_id
),
booked as (
  select contact_id, count(*) as calls_booked
  from int_bookings
  group by contact_id
)
select
  contacts.contact_id,
  first_touch_at,
  last_touch_at,
  last_activity_at,
  coalesce(emails_sent, 0) as emails_sent,
  coalesce(emails_opened, 0) as emails_opened,
  coalesce(emails_clicked, 0) as emails_clicked,
  coalesce(emails_replied, 0) as emails_replied,
  coalesce(calls_booked, 0) as calls_booked,
  coalesce(calls_completed, 0) as calls_completed,
  coalesce(attempts, 0) as attempts,
  coalesce(connections, 0) as connections,
  first_reply_at,
  first_attempt_at,
  first_connection_at,
  first_booking_at,
  first_purchase_at,
  completion_at,
  next_follow_up_at
from contacts
left join firsts on firsts.contact_id = contacts.contact_id
left join mail on mail.contact_id = contacts.contact_id
left join dials on dials.contact_id = contacts.contact_id
left join booked on booked.contact_id = contacts.contact_id
left join int_pending_bookings on int_pending_bookings.contact_id = contacts.contact_id
