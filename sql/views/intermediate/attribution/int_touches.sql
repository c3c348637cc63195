-- Grain: touch that may earn credit (R8a). Its campaign is the one that mail or an interaction
-- names, else that of an advert's link, so that what a campaign cost meets what it brought.
-- fact_key is the call that a touch comes from, since a fact is never a touch of the conversion
-- that it makes; is_weak marks an unknown source tag, which counts only where a path has nothing
-- else.
-- Home of R8a.
with contacts as (
  select
    contact_id, lead_added_at, channel,
    case when utm_campaign = 'unknown' then 'none' else utm_campaign end as campaign
  from int_contacts
),
messages as (
  select
    contact_id, message_id, campaign_id, email_type, clicked_human_at, replied_at,
    case when sequence_version is null or step_number is null then 'unknown'
      else concat(
        campaign_id, ' v', cast(sequence_version as string), ' step ', cast(step_number as string)
      ) end as message,
    case
      when step_number is null then 'unknown'
      else concat('step ', cast(step_number as string))
    end as step
  from int_email_messages
),
calls as (
  select contact_id, call_key, booked_at as occurred_at, touch_channel as channel, 'booking' as kind
  from int_bookings
  union all
  -- Whoever dialled, and whenever: inbound calls and those before the lead was added are no
  -- attempts, but touches.
  select contact_id, call_key, started_at as occurred_at, touch_channel, 'call'
  from stg_calls
  where is_connected = 1 and started_at is not null
),
interactions as (
  select
    contact_id,
    interaction_key,
    occurred_at,
    coalesce(campaign_id, utm_campaign, 'none') as campaign,
    case when channel = 'web' then coalesce(utm_source, 'direct') else channel end as channel
  from stg_interactions
  left join int_paid_mediums on int_paid_mediums.medium = lower(utm_medium)
  where (
      direction = 'inbound'
      and (
        outcome in ('replied', 'form', 'ebook', 'trial', 'mock_test', 'downloaded', 'attended')
        or channel in ('referral', 'event')
      )
    )
    or (channel = 'web' and medium is not null)
),
answers as (
  select 'click' as kind union all select 'reply'
),
clicks_and_replies as (
  select
    contact_id, concat(kind, ' ', message_id) as touch_key,
    case kind when 'click' then clicked_human_at else replied_at end as occurred_at,
    campaign_id, message, email_type, step
  from messages
  cross join answers
  where case kind when 'click' then clicked_human_at else replied_at end is not null
)
select
  contact_id, 'source' as touch_key, lead_added_at as occurred_at, 0 as place, channel,
  campaign, 'none' as message, 'none' as email_type, 'none' as step, 'none' as fact_key,
  0 as is_booking, case when channel = 'unknown' then 1 else 0 end as is_weak
from contacts
union all
select
  contact_id,
  touch_key,
  occurred_at,
  1 as place,
  'email' as channel,
  campaign_id as campaign,
  message,
  email_type,
  step,
  'none' as fact_key,
  0 as is_booking,
  0 as is_weak
from clicks_and_replies
union all
select
  contact_id, concat(kind, ' ', call_key) as touch_key, occurred_at, 1 as place, channel,
  'none' as campaign, 'none' as message, 'none' as email_type, 'none' as step, call_key as fact_key,
  case when kind = 'booking' then 1 else 0 end as is_booking, 0 as is_weak
from calls
union all
select
  contact_id,
  concat('interaction ', interaction_key) as touch_key,
  occurred_at,
  1 as place,
  channel,
  campaign,
  'none' as message,
  'none' as email_type,
  'none' as step,
  'none' as fact_key,
  0 as is_booking,
  0 as is_weak
from interactions
