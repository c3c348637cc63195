-- Grain: conversion type × lookback × path of channels × conversion, or contact who went that way
-- without one (R8d). Only a path that converted has revenue and days, from its first touch to the
-- conversion; path is a text that only code takes apart.
with converted as (
  select
    conversion_type, month_start, currency, in_30d, in_90d, in_all, path_length,
    {{path_text(channel, position)}} as path,
    min(revenue_minor) as revenue_minor,
    max(age_ms) as duration_ms
  from int_attribution_paths
  group by
    contact_id,
    conversion_no,
    conversion_type,
    month_start,
    currency,
    in_30d,
    in_90d,
    in_all,
    path_length
),
lookbacks as (
  select * from int_lookbacks
),
missed as (
  select
    conversion_type, lookback, count(*) as path_length,
    {{path_text(channel, position)}} as path
  from int_attribution_open_paths
  cross join lookbacks
  where lookback = 'all'
    or (lookback = '90d' and age_ms <= {{rule(lookback_90d_ms)}})
    or (lookback = '30d' and age_ms <= {{rule(lookback_30d_ms)}})
  group by contact_id, conversion_type, lookback
)
select
  conversion_type,
  lookback,
  path,
  path_length,
  1 as converting,
  0 as non_converting,
  month_start,
  currency,
  revenue_minor,
  case when path_length > 0 then duration_ms end as duration_ms
from converted
cross join lookbacks
where case lookback when '30d' then in_30d when '90d' then in_90d else in_all end = 1
union all
select
  conversion_type,
  lookback,
  path,
  path_length,
  0 as converting,
  1 as non_converting,
  cast(null as string) as month_start,
  cast(null as string) as currency,
  0 as revenue_minor,
  cast(null as int64) as duration_ms
from missed
