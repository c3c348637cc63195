-- Grain: conversion (R8) of a contact added by as_of, each type apart. Its path opens after
-- after_at, the previous conversion of that kind; for a repeat purchase the previous purchase row,
-- a subscription's receipts among them. revenue_minor is the amount with its refunds. conversion_no
-- tells one contact's conversions apart by a number, which sorts faster than its key.
-- Home of R8.
with contacts as (
  select contact_id, lead_added_at, lead_added_day from int_contacts
),
bookings as (
  select contact_id, call_key, booked_at, booked_day from int_bookings
),
purchases as (
  select
    *,
    lag(purchased_at) over (partition by contact_id order by purchased_at, purchase_key)
      as previous_at
  from int_purchases
  where kind <> 'refund'
),
conversions as (
  select
    contact_id, 'lead' as conversion_type, 'lead' as conversion_key, lead_added_at as occurred_at,
    lead_added_day as occurred_day, cast(null as int64) as after_at, 'no call' as fact_key,
    'none' as training, 0 as revenue_minor, cast(null as string) as currency
  from contacts
  union all
  select
    contact_id, 'booking' as conversion_type, call_key as conversion_key, booked_at as occurred_at,
    booked_day as occurred_day,
    lag(booked_at) over (partition by contact_id order by booked_at, call_key) as after_at,
    call_key as fact_key, 'none' as training, 0 as revenue_minor, cast(null as string) as currency
  from bookings
  union all
  select
    contact_id,
    case
      when is_first_purchase = 1 then 'first_purchase'
      else 'repeat_purchase'
    end as conversion_type,
    purchase_key as conversion_key, purchased_at as occurred_at, purchased_day as occurred_day,
    previous_at as after_at, 'no call' as fact_key,
    product_name as training, amount_minor - refunded_minor as revenue_minor, currency
  from purchases
  where is_first_purchase = 1 or is_run_start = 1
)
select
  conversions.contact_id,
  conversion_type,
  conversion_key,
  row_number() over (partition by conversions.contact_id order by conversion_type, conversion_key)
    as conversion_no,
  occurred_at,
  lead_added_at,
  month_start,
  coalesce(after_at, -1) as after_at,
  fact_key,
  training,
  revenue_minor,
  coalesce(conversions.currency, int_house_currency.currency) as currency
from conversions
cross join int_house_currency
join contacts on contacts.contact_id = conversions.contact_id
join stg_calendar on stg_calendar.day = occurred_day
