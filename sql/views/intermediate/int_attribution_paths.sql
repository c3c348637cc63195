-- Grain: conversion × length of its path × touch. A lookback takes the last touches of the longest path, so lookbacks that take the
-- same number share one path, and in_30d, in_90d and in_all say whose it is. A conversion without a touch in a lookback keeps one row
-- of length 0.
with touches as (
  select * from int_touches
),
conversions as (
  select * from int_conversions
),
reached as (
  select
    conversions.contact_id, conversion_no, touch_key, place, channel, campaign, message, email_type, step,
    is_weak, conversions.occurred_at - touches.occurred_at as age_ms
  from conversions
  join touches
    on touches.contact_id = conversions.contact_id
    and touches.occurred_at <= conversions.occurred_at
    and touches.occurred_at > conversions.after_at
    and (touches.fact_key = 'none' or touches.fact_key <> conversions.fact_key)
),
counted as (
  select
    *,
    sum(case when is_weak = 0 and age_ms <= {{rule(lookback_30d_ms)}} then 1 else 0 end) over path as length_30d,
    sum(case when is_weak = 0 and age_ms <= {{rule(lookback_90d_ms)}} then 1 else 0 end) over path as length_90d,
    sum(1 - is_weak) over path as length_all,
    row_number() over (
      partition by contact_id, conversion_no order by is_weak, age_ms, place desc, touch_key desc
    ) as from_last
  from reached
  window path as (partition by contact_id, conversion_no)
),
lengths as (
  select
    *,
    case when length_30d = 0 and age_ms <= {{rule(lookback_30d_ms)}} then is_weak else 0 end as weak_30d,
    case when length_90d = 0 and age_ms <= {{rule(lookback_90d_ms)}} then is_weak else 0 end as weak_90d,
    case when length_all = 0 then is_weak else 0 end as weak_all
  from counted
),
credited as (
  select *, length_all as path_length from lengths where is_weak = 0
  union all
  select *, length_90d as path_length from lengths where is_weak = 0 and length_90d < length_all and from_last <= length_90d
  union all
  select *, length_30d as path_length from lengths where is_weak = 0 and length_30d < length_90d and from_last <= length_30d
  union all
  select *, 1 as path_length from lengths where weak_30d + weak_90d + weak_all > 0
),
paths as (
  select
    contact_id, conversion_no, touch_key, channel, campaign, message, email_type, step, age_ms,
    path_length,
    case when is_weak = 1 then 1 else path_length - from_last + 1 end as position,
    case when is_weak = 1 then weak_30d when path_length = length_30d then 1 else 0 end as in_30d,
    case when is_weak = 1 then weak_90d when path_length = length_90d then 1 else 0 end as in_90d,
    case when is_weak = 1 then weak_all when path_length = length_all then 1 else 0 end as in_all
  from credited
),
held as (
  select
    contact_id, conversion_no,
    max(in_30d) as held_30d, max(in_90d) as held_90d, max(in_all) as held_all
  from paths
  group by contact_id, conversion_no
)
select * from paths
union all
select
  conversions.contact_id, conversions.conversion_no,
  'unattributed' as touch_key, 'unattributed' as channel, 'unattributed' as campaign, 'unattributed' as message,
  'unattributed' as email_type, 'unattributed' as step, 0 as age_ms, 0 as path_length, 0 as position,
  1 - coalesce(held_30d, 0) as in_30d, 1 - coalesce(held_90d, 0) as in_90d, 1 - coalesce(held_all, 0) as in_all
from conversions
left join held
  on held.contact_id = conversions.contact_id
  and held.conversion_no = conversions.conversion_no
where coalesce(held_30d, 0) + coalesce(held_90d, 0) + coalesce(held_all, 0) < 3
