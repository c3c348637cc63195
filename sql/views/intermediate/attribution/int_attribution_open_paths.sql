-- Grain: conversion type × contact × touch after the last conversion of that kind, of those who
-- have not converted since (R8d): for a booking the touches after the last one; for a first
-- purchase those of contacts without a purchase; for a repeat purchase those of buyers after their
-- last purchase, receipts included; for a lead none. An unknown source tag counts only where
-- nothing else does. A lookback ends at the last touch, from which age_ms is counted.
with bookings as (
  select contact_id, max(booked_at) as last_at
  from int_bookings
  group by contact_id
),
purchases as (
  select contact_id, max(purchased_at) as last_at
  from stg_purchases
  where kind <> 'refund'
  group by contact_id
),
kinds as (
  select
    'booking' as conversion_type
    union all select 'first_purchase'
    union all select 'repeat_purchase'
),
opened as (
  select
    contacts.contact_id, conversion_type,
    case conversion_type
      when 'booking' then coalesce(bookings.last_at, -1)
      else coalesce(purchases.last_at, -1)
    end as after_at
  from int_contacts as contacts
  cross join kinds
  left join bookings on bookings.contact_id = contacts.contact_id
  left join purchases on purchases.contact_id = contacts.contact_id
  where conversion_type = 'booking'
    or (conversion_type = 'first_purchase' and purchases.last_at is null)
    or (conversion_type = 'repeat_purchase' and purchases.last_at is not null)
),
touched as (
  select
    opened.contact_id, conversion_type, touch_key, place, channel, occurred_at, is_weak,
    min(is_weak) over (partition by opened.contact_id, conversion_type) as is_bare,
    max(case when is_weak = 0 then occurred_at end) over (
      partition by opened.contact_id, conversion_type
    ) as last_at
  from opened
  join int_touches as touches
    on touches.contact_id = opened.contact_id
    and touches.occurred_at > opened.after_at
),
counting as (
  select *, coalesce(last_at, occurred_at) - occurred_at as age_ms
  from touched
  where is_weak = is_bare
)
select
  contact_id, conversion_type, channel, age_ms,
  row_number() over (
    partition by contact_id, conversion_type order by age_ms desc, place, touch_key
  ) as position
from counting
