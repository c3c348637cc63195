-- Grain: conversion × path × touch × model, and × lookback where the model takes one at a time. A
-- path of one touch, or of none, gives the whole to what it has, whatever the model.
with shares as (
  select * from int_attribution_shares
),
credits as (
  select
    paths.contact_id,
    paths.conversion_no,
    paths.conversion_type,
    conversion_key,
    month_start,
    currency,
    paths.path_length,
    paths.position,
    touch_key,
    channel,
    campaign,
    message,
    models.model_no,
    model,
    in_30d * takes_30d as in_30d,
    in_90d * takes_90d as in_90d,
    in_all * takes_all as in_all,
    coalesce(share_ppb, 1000000000) as share_ppb,
    coalesce(value_minor, revenue_minor) as value_minor
  from int_attribution_paths as paths
  join int_attribution_applied as models on models.conversion_type = paths.conversion_type
  left join shares
    on shares.contact_id = paths.contact_id
    and shares.conversion_no = paths.conversion_no
    and shares.path_length = paths.path_length
    and shares.position = paths.position
    and shares.model_no = models.model_no
  where paths.path_length <= 1 or share_ppb is not null
)
select *
from credits
where in_30d + in_90d + in_all > 0
