-- Grain: conversion_type × model × lookback × dimension × value × month_start × currency. Credits are summed once over all their
-- dimensions, and only then stood on end, once per lookback and per dimension.
with paths as (
  select
    paths.contact_id, paths.conversion_no, path_length, position, channel, campaign, message, email_type, step, in_30d, in_90d, in_all,
    conversion_type, month_start, currency, training, revenue_minor
  from int_attribution_paths as paths
  join int_conversions
    on int_conversions.contact_id = paths.contact_id and int_conversions.conversion_no = paths.conversion_no
),
segmented as (
  select paths.*, coalesce(lead_type, 'unknown') as lead_type, coalesce(offer, 'unknown') as offer
  from paths
  left join int_contacts on int_contacts.contact_id = paths.contact_id
),
-- Paths of one touch or none are the most: they are summed before the models, which agree on them, stand beside them.
whole as (
  select
    message, channel, campaign, email_type, step, training, lead_type, offer, conversion_type, month_start, currency,
    sum(in_30d) * 1000000000 as ppb_30d, sum(revenue_minor * in_30d) as minor_30d,
    sum(in_90d) * 1000000000 as ppb_90d, sum(revenue_minor * in_90d) as minor_90d,
    sum(in_all) * 1000000000 as ppb_all, sum(revenue_minor * in_all) as minor_all
  from segmented
  where path_length <= 1
  group by message, channel, month_start, lead_type, offer, training, campaign, conversion_type, currency, email_type, step
),
shared as (
  select
    message, channel, campaign, email_type, step, training, lead_type, offer, conversion_type, month_start, currency, model,
    sum(share_ppb * in_30d) as ppb_30d, sum(value_minor * in_30d) as minor_30d,
    sum(share_ppb * in_90d) as ppb_90d, sum(value_minor * in_90d) as minor_90d,
    sum(share_ppb * in_all) as ppb_all, sum(value_minor * in_all) as minor_all
  from segmented
  join int_attribution_shares as shares
    on shares.contact_id = segmented.contact_id
    and shares.conversion_no = segmented.conversion_no
    and shares.path_length = segmented.path_length
    and shares.position = segmented.position
  group by message, channel, month_start, lead_type, offer, training, model, campaign, conversion_type, currency, email_type, step
),
combined as (
  select
    message, channel, campaign, email_type, step, training, lead_type, offer, conversion_type, month_start, currency, model,
    ppb_30d, minor_30d, ppb_90d, minor_90d, ppb_all, minor_all
  from whole
  cross join int_attribution_models
  union all
  select * from shared
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
