-- Grain: conversion × touch × model × lookback. A touch without credit under a model has no row
-- there.
with credits as (
  select * from int_attribution_credits
),
lookbacks as (
  select * from int_lookbacks
)
select
  contact_key,
  conversion_type,
  conversion_key,
  touch_key,
  model,
  lookback,
  month_start,
  currency,
  credits.channel,
  campaign,
  message,
  share_ppb,
  value_minor as value
from credits
cross join lookbacks
join int_contacts on int_contacts.contact_id = credits.contact_id
where case lookback when '30d' then in_30d when '90d' then in_90d else in_all end = 1
