-- Grain: day × channel × lead_type × campaign × agent. Each fact stands in exactly one row, so that
-- a chart may sum anything: mail on the day its message was sent (one that only failed: made),
-- calls, bookings and purchases on the day of their own.
with contacts as (
  select contact_id, channel, lead_type, lead_added_day from int_contacts
),
mail as (
  select
    contact_id, coalesce(sent_day, created_day) as day, campaign_id as campaign, 'none' as agent,
    case when sent_at is not null then 1 else 0 end as emails_sent,
    case when delivered_at is not null then 1 else 0 end as delivered,
    case when failed_at is not null then 1 else 0 end as failed,
    case when bounced_at is not null then 1 else 0 end as bounced,
    case when opened_at is not null then 1 else 0 end as opened,
    case when opened_human_at is not null then 1 else 0 end as opened_human,
    case when clicked_at is not null then 1 else 0 end as clicked,
    case when clicked_human_at is not null then 1 else 0 end as clicked_human,
    case when replied_at is not null then 1 else 0 end as replied
  from int_email_messages
  where sent_at is not null or failed_at is not null
),
mail_and_leads as (
  select
    contact_id,
    day,
    campaign,
    agent,
    emails_sent,
    delivered,
    failed,
    bounced,
    opened,
    opened_human,
    clicked,
    clicked_human, replied, 0 as leads_added
  from mail
  union all
  select contact_id, lead_added_day, 'none', 'none', 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
  from contacts
),
calls as (
  select
    contact_id,
    attempted_day as day,
    agent_id as agent,
    0 as calls_booked,
    1 as dials,
    is_connected as connected,
    case when is_connected = 1 then coalesce(duration_s, 0) else 0 end as talk_s,
    0 as calls_completed,
    0 as first_purchases, 0 as purchases, 0 as revenue, 0 as other_currency_purchases
  from int_call_attempts
  union all
  select contact_id, booked_day, agent_id, 1, 0, 0, 0, 0, 0, 0, 0, 0
  from int_bookings
  union all
  select contact_id, completed_day, agent_id, 0, 0, 0, 0, 1, 0, 0, 0, 0
  from int_completed_calls
  union all
  select
    contact_id, purchased_day, agent_id, 0, 0, 0, 0, 0, is_first_purchase,
    case when kind = 'refund' then 0 else 1 end,
    case when is_house_currency = 1 then amount_minor else 0 end,
    case when kind <> 'refund' and is_house_currency = 0 then 1 else 0 end
  from int_purchases
),
facts as (
  select
    contact_id,
    day,
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
    0 as calls_booked,
    0 as dials,
    0 as connected,
    0 as talk_s,
    0 as calls_completed,
    0 as first_purchases, 0 as purchases, 0 as revenue, 0 as other_currency_purchases
  from mail_and_leads
  union all
  select
    contact_id,
    day,
    'none',
    agent,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    calls_booked,
    dials,
    connected,
    talk_s,
    calls_completed, first_purchases, purchases, revenue, other_currency_purchases
  from calls
),
summed as (
  select
    day, channel, lead_type, campaign, agent,
    sum(leads_added) as leads_added,
    sum(emails_sent) as emails_sent,
    sum(delivered) as delivered,
    sum(failed) as failed,
    sum(bounced) as bounced,
    sum(opened) as opened,
    sum(opened_human) as opened_human,
    sum(clicked) as clicked,
    sum(clicked_human) as clicked_human,
    sum(replied) as replied,
    sum(calls_booked) as calls_booked,
    sum(dials) as dials,
    sum(connected) as connected, sum(talk_s) as talk_s, sum(calls_completed) as calls_completed,
    sum(first_purchases) as first_purchases, sum(purchases) as purchases, sum(revenue) as revenue,
    sum(other_currency_purchases) as other_currency_purchases
  from facts
  join contacts on contacts.contact_id = facts.contact_id
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
