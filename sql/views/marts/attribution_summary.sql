-- Grain: conversion_type × model × lookback × dimension × value × month_start × currency. Credits are summed once over all their
-- dimensions, and only then stood on end, once per lookback and per dimension.
with credits as (
  select * from int_attribution_credits
),
segments as (
  select contact_id, lead_type, offer from int_contacts
),
combined as (
  select
    conversion_type, model, month_start, currency, channel, campaign, message, email_type, step, training,
    coalesce(lead_type, 'unknown') as lead_type, coalesce(offer, 'unknown') as offer,
    sum(share_ppb * in_30d) as ppb_30d, sum(value_minor * in_30d) as minor_30d,
    sum(share_ppb * in_90d) as ppb_90d, sum(value_minor * in_90d) as minor_90d,
    sum(share_ppb * in_all) as ppb_all, sum(value_minor * in_all) as minor_all
  from credits
  left join segments on segments.contact_id = credits.contact_id
  group by
    conversion_type, model, month_start, currency, channel, campaign, message, email_type, step, training,
    coalesce(lead_type, 'unknown'), coalesce(offer, 'unknown')
),
dimensions as (
  select * from (
    select 'channel' as dimension union all select 'campaign' union all select 'message' union all select 'email_type'
  )
  union all
  select * from (
    select 'step' as dimension union all select 'training' union all select 'lead_type' union all select 'offer'
  )
),
by_value as (
  select
    conversion_type, model, month_start, currency, dimension,
    case dimension
      when 'channel' then channel
      when 'campaign' then campaign
      when 'message' then message
      when 'email_type' then email_type
      when 'step' then step
      when 'training' then training
      when 'lead_type' then lead_type
      else offer
    end as dimension_value,
    sum(ppb_30d) as ppb_30d, sum(minor_30d) as minor_30d,
    sum(ppb_90d) as ppb_90d, sum(minor_90d) as minor_90d,
    sum(ppb_all) as ppb_all, sum(minor_all) as minor_all
  from combined
  cross join dimensions
  group by 1, 2, 3, 4, 5, 6
),
by_lookback as (
  select
    conversion_type, model, '30d' as lookback, dimension, dimension_value, month_start, currency,
    ppb_30d as share_ppb, minor_30d as value_minor
  from by_value
  where ppb_30d > 0
  union all
  select
    conversion_type, model, '90d' as lookback, dimension, dimension_value, month_start, currency,
    ppb_90d as share_ppb, minor_90d as value_minor
  from by_value
  where ppb_90d > 0
  union all
  select
    conversion_type, model, 'all' as lookback, dimension, dimension_value, month_start, currency,
    ppb_all as share_ppb, minor_all as value_minor
  from by_value
  where ppb_all > 0
),
totalled as (
  select
    *,
    sum(share_ppb) over board as board_ppb,
    sum(value_minor) over board as board_minor
  from by_lookback
  window board as (partition by conversion_type, model, lookback, dimension, month_start, currency)
),
weighed as (
  select
    *,
    case when board_minor > 0 then value_minor else share_ppb end as part,
    case when board_minor > 0 then board_minor else board_ppb end as whole
  from totalled
)
select
  conversion_type, model, lookback, dimension,
  dimension_value as value,
  month_start, currency,
  cast(share_ppb as float64) / 1000000000 as conversions,
  value_minor as revenue,
  {{ratio(part, whole)}} as share,
  row_number() over (
    partition by conversion_type, model, lookback, dimension, month_start, currency
    order by part desc, dimension_value
  ) as rank
from weighed
