-- Grain: day × channel × lead_type × campaign × agent. Each fact stands in exactly one row, so that
-- a chart may sum anything: mail on the day its message was sent (one that only failed: made),
-- calls, bookings and purchases on the day of their own.
with contacts as (
  select contact_id, channel, lead_type, lead_added_day from int_contacts
),
leads as (
  select
    contact_id,
    lead_added_day as day,
    'none' as campaign,
    'none' as agent,
    {{measures(daily, 1 as leads_added)}}
  from contacts
),
mail as (
  select
    contact_id,
    coalesce(sent_day, created_day) as day,
    campaign_id as campaign,
    'none' as agent,
    {{measures(
      daily,
      case when sent_at is not null then 1 else 0 end as emails_sent,
      case when delivered_at is not null then 1 else 0 end as delivered,
      case when failed_at is not null then 1 else 0 end as failed,
      case when bounced_at is not null then 1 else 0 end as bounced,
      case when opened_at is not null then 1 else 0 end as opened,
      case when opened_human_at is not null then 1 else 0 end as opened_human,
      case when clicked_at is not null then 1 else 0 end as clicked,
      case when clicked_human_at is not null then 1 else 0 end as clicked_human,
      case when replied_at is not null then 1 else 0 end as replied
    )}}
  from int_email_messages
  where sent_at is not null or failed_at is not null
),
attempts as (
  select
    contact_id,
    attempted_day as day,
    'none' as campaign,
    agent_id as agent,
    {{measures(
      daily,
      1 as dials,
      is_connected as connected,
      case when is_connected = 1 then coalesce(duration_s, 0) else 0 end as talk_s
    )}}
  from int_call_attempts
),
bookings as (
  select
    contact_id,
    booked_day as day,
    'none' as campaign,
    agent_id as agent,
    {{measures(daily, 1 as calls_booked)}}
  from int_bookings
),
completed_calls as (
  select
    contact_id,
    completed_day as day,
    'none' as campaign,
    agent_id as agent,
    {{measures(daily, 1 as calls_completed)}}
  from int_completed_calls
),
sales as (
  select
    contact_id,
    purchased_day as day,
    'none' as campaign,
    agent_id as agent,
    {{measures(
      daily,
      is_first_purchase as first_purchases,
      case when kind = 'refund' then 0 else 1 end as purchases,
      case when is_house_currency = 1 then amount_minor else 0 end as revenue,
      case when kind <> 'refund' and is_house_currency = 0 then 1 else 0 end
        as other_currency_purchases
    )}}
  from int_purchases
),
calls as (
  select * from attempts
  union all
  select * from bookings
  union all
  select * from completed_calls
),
facts as (
  select * from leads
  union all
  select * from mail
  union all
  select * from calls
  union all
  select * from sales
),
summed as (
  select
    day,
    channel,
    lead_type,
    campaign,
    agent,
    {{sums(daily)}}
  from facts
  -- Crossed, not joined: SQLite then looks up the contact of each fact, and indexes no facts.
  cross join contacts
  where contacts.contact_id = facts.contact_id
  group by day, channel, lead_type, campaign, agent
)
select
  day,
  channel,
  lead_type,
  campaign,
  agent,
  leads_added,
  emails_sent,
  delivered,
  failed,
  bounced,
  opened,
  opened_human,
  clicked,
  clicked_human,
  replied,
  calls_booked,
  dials,
  connected,
  cast(talk_s as float64) / 60 as talk_minutes,
  calls_completed,
  first_purchases,
  purchases,
  revenue,
  other_currency_purchases,
  currency
from summed
cross join int_house_currency
