-- Grain: conversion_type × model × lookback × dimension × value × month_start × currency. Credits are summed once over all their
-- dimensions, and only then stood on end, once per lookback and per dimension.
-- Paths of one touch or none are the most, and models agree on them: they are summed before the models stand beside them.
with credits as (
  select
    contact_id, message, channel, campaign, email_type, step, training, conversion_type, month_start, currency,
    'any' as model, 1000000000 as share_ppb, revenue_minor as value_minor, in_30d, in_90d, in_all
  from int_attribution_paths
  where path_length <= 1
  union all
  select
    contact_id, message, channel, campaign, email_type, step, training, conversion_type, month_start, currency,
    model, share_ppb, value_minor, in_30d, in_90d, in_all
  from int_attribution_shares
),
segments as (
  select contact_id, lead_type, offer from int_contacts
),
summed as (
  select
    message, channel, campaign, email_type, step, training, conversion_type, month_start, currency, model,
    coalesce(lead_type, 'unknown') as lead_type, coalesce(offer, 'unknown') as offer,
    sum(share_ppb * in_30d) as ppb_30d, sum(value_minor * in_30d) as minor_30d,
    sum(share_ppb * in_90d) as ppb_90d, sum(value_minor * in_90d) as minor_90d,
    sum(share_ppb * in_all) as ppb_all, sum(value_minor * in_all) as minor_all
  from credits
  left join segments on segments.contact_id = credits.contact_id
  group by
    message, channel, month_start, coalesce(lead_type, 'unknown'), coalesce(offer, 'unknown'), training, model, campaign,
    conversion_type, currency, email_type, step
),
combined as (
  select
    message, channel, campaign, email_type, step, training, lead_type, offer, conversion_type, month_start, currency,
    models.model, ppb_30d, minor_30d, ppb_90d, minor_90d, ppb_all, minor_all
  from summed
  cross join int_attribution_models as models
  where summed.model = 'any' or summed.model = models.model
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
lookbacks as (
  select '30d' as lookback union all select '90d' union all select 'all'
),
by_lookback as (
  select
    conversion_type, model, lookback, dimension, dimension_value, month_start, currency,
    case lookback when '30d' then ppb_30d when '90d' then ppb_90d else ppb_all end as share_ppb,
    case lookback when '30d' then minor_30d when '90d' then minor_90d else minor_all end as value_minor
  from by_value
  cross join lookbacks
),
totalled as (
  select
    *,
    sum(share_ppb) over board as board_ppb,
    sum(value_minor) over board as board_minor
  from by_lookback
  where share_ppb > 0
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
  month_start, weighed.currency,
  cast(share_ppb as float64) / 1000000000 as conversions,
  value_minor as revenue,
  {{ratio(part, whole)}} as share,
  row_number() over (
    partition by conversion_type, model, lookback, dimension, month_start, weighed.currency
    order by part desc, dimension_value
  ) as rank,
  case when weighed.currency = int_house_currency.currency then 1 else 0 end as is_house_currency
from weighed
cross join int_house_currency
