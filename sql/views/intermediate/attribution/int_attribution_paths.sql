-- Grain: conversion × length of its path × touch. A lookback takes the last touches of the longest
-- path, so lookbacks that take the same number share one path, and in_30d, in_90d and in_all say
-- whose it is. A conversion without a touch in a lookback has one row of length 0. The join holds
-- plain comparisons only (neither side's fact_key is the other's where there is no call): an `or`
-- in it makes DuckDB try every touch for every conversion.
with reached as (
  select
    conversions.contact_id,
    conversion_no,
    conversion_type,
    conversion_key,
    month_start,
    currency,
    training,
    revenue_minor,
    touch_key,
    place,
    channel,
    campaign,
    message,
    email_type,
    step,
    coalesce(is_weak, 1) as is_weak,
    coalesce(is_booking, 0) as is_booking,
    case when touches.occurred_at <= lead_added_at then 1 else 0 end as is_before_lead,
    coalesce(conversions.occurred_at - touches.occurred_at, -1) as age_ms
  from int_conversions as conversions
  left join int_touches as touches
    on touches.contact_id = conversions.contact_id
    and touches.occurred_at <= conversions.occurred_at
    and touches.occurred_at > conversions.after_at
    and touches.fact_key <> conversions.fact_key
),
placed as (
  select
    *,
    case when is_weak = 0 and age_ms <= {{rule(lookback_30d_ms)}} then 1 else 0 end as strong_30d,
    case when is_weak = 0 and age_ms <= {{rule(lookback_90d_ms)}} then 1 else 0 end as strong_90d,
    case
      when is_weak = 1 and age_ms between 0 and {{rule(lookback_30d_ms)}} then 1
      else 0
    end as weak_30d,
    case
      when is_weak = 1 and age_ms between 0 and {{rule(lookback_90d_ms)}} then 1
      else 0
    end as weak_90d,
    case when is_weak = 1 and age_ms >= 0 then 1 else 0 end as weak_all
  from reached
),
counted as (
  select
    *,
    sum(strong_30d) over path as length_30d,
    sum(strong_90d) over path as length_90d,
    sum(1 - is_weak) over path as length_all,
    sum(weak_30d) over path as spare_30d,
    sum(weak_90d) over path as spare_90d,
    sum(weak_all) over path as spare_all,
    row_number() over (
      partition by contact_id, conversion_no order by is_weak, age_ms, place desc, touch_key desc
    ) as from_last
  from placed
  window path as (partition by contact_id, conversion_no)
),
kinds as (
  select
    'all' as kind
    union all select '90d'
    union all select '30d'
    union all select 'weak'
    union all select 'empty'
),
paths as (
  select
    *,
    case kind
      when 'all' then length_all
      when '90d' then length_90d
      when '30d' then length_30d
      when 'weak' then 1
      else 0
    end
      as path_length,
    case
      when kind = 'weak' then case when length_30d = 0 then weak_30d else 0 end
      when kind = 'empty' then case when length_30d + spare_30d = 0 then 1 else 0 end
      when kind = '30d'
        or (kind = 'all' and length_30d = length_all)
        or (kind = '90d' and length_30d = length_90d)
        then 1
      else 0
    end as in_30d,
    case
      when kind = 'weak' then case when length_90d = 0 then weak_90d else 0 end
      when kind = 'empty' then case when length_90d + spare_90d = 0 then 1 else 0 end
      when kind = '90d' or (kind = 'all' and length_90d = length_all) then 1
      else 0
    end as in_90d,
    case
      when kind = 'weak' then case when length_all = 0 then weak_all else 0 end
      when kind = 'empty' then case when length_all + spare_all = 0 then 1 else 0 end
      when kind = 'all' then 1
      else 0
    end as in_all
  from counted
  -- Crossed, not joined: SQLite then reads the kinds per touch, and not every touch once more per
  -- kind.
  cross join kinds
  where case
    when kind = 'weak' then weak_all = 1 and length_30d * length_90d * length_all = 0
    when kind = 'empty' then from_last = 1 and length_30d + spare_30d = 0
    when is_weak = 1 then false
    when kind = '90d' then length_90d < length_all and from_last <= length_90d
    when kind = '30d' then length_30d < length_90d and from_last <= length_30d
    else true
  end
)
select
  contact_id,
  conversion_no,
  conversion_type,
  conversion_key,
  month_start,
  currency,
  training,
  revenue_minor,
  path_length,
  case kind when 'empty' then 0 when 'weak' then 1 else path_length - from_last + 1 end as position,
  age_ms,
  case when kind = 'empty' then 'unattributed' else touch_key end as touch_key,
  case when kind = 'empty' then 'unattributed' else channel end as channel,
  case when kind = 'empty' then 'unattributed' else campaign end as campaign,
  case when kind = 'empty' then 'unattributed' else message end as message,
  case when kind = 'empty' then 'unattributed' else email_type end as email_type,
  case when kind = 'empty' then 'unattributed' else step end as step,
  is_booking,
  is_before_lead,
  is_weak,
  in_30d,
  in_90d,
  in_all
from paths
where in_30d + in_90d + in_all > 0
