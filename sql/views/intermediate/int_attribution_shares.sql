-- Grain: conversion × path of two touches or more × touch × model, zero shares left out. Shares are integer billionths that sum to
-- exactly one per path and model, and values sum to exactly the revenue: floors first, then one more to the largest remainders, ties
-- by position (R8b).
with touched as (
  select *, min(age_ms) over (partition by contact_id, conversion_no, path_length) as last_age_ms
  from int_attribution_paths
  where path_length > 1
),
paths as (
  select
    *,
    case when position = 1 then first_weight else 0 end + case when position = path_length then close_weight else 0 end
      as role_weight,
    path_length - case when first_weight > 0 then 1 else 0 end - case when close_weight > 0 then 1 else 0 end as roleless
  from touched
  cross join int_attribution_models
),
weighed as (
  select
    *,
    case
      when is_decaying = 1 then cast(round(1000000000 * pow(
        0.5, cast(age_ms - last_age_ms as float64) / {{rule(attribution_half_life_ms)}}
      )) as int64)
      -- Multiplied by the touches that share the rest, so that weights stay whole numbers.
      when role_weight > 0 then role_weight * case when roleless > 0 then roleless else 1 end
      else rest_weight
    end as weight
  from paths
),
summed as (
  select *, sum(weight) over (partition by contact_id, conversion_no, path_length, model) as path_weight
  from weighed
  where weight > 0
),
cut as (
  select *, cast(floor(cast(weight as float64) * 1000000000 / path_weight) as int64) as floor_ppb
  from summed
),
ranked as (
  select
    *,
    1000000000 - sum(floor_ppb) over (partition by contact_id, conversion_no, path_length, model) as left_ppb,
    row_number() over (
      partition by contact_id, conversion_no, path_length, model
      order by weight * 1000000000 - floor_ppb * path_weight desc, position
    ) as place
  from cut
),
shared as (
  select
    *,
    floor_ppb + case when place <= left_ppb then 1 else 0 end as share_ppb,
    abs(revenue_minor) as size_minor,
    cast(floor(cast(abs(revenue_minor) as float64) / 1000000000) as int64) as billions
  from ranked
),
-- A revenue beyond a billion is split, so that no product leaves 64 bits; a floor taken over floats is put right in whole numbers.
multiplied as (
  select *, share_ppb * (size_minor - billions * 1000000000) as product
  from shared
  where share_ppb > 0
),
guessed as (
  select *, cast(floor(cast(product as float64) / 1000000000) as int64) as guess
  from multiplied
),
floored as (
  select
    *,
    guess + case
      when product < guess * 1000000000 then -1
      when product >= (guess + 1) * 1000000000 then 1
      else 0
    end as small_floor
  from guessed
),
parts as (
  select *, share_ppb * billions + small_floor as floor_minor, product - small_floor * 1000000000 as remainder
  from floored
),
allocated as (
  select
    *,
    size_minor - sum(floor_minor) over (partition by contact_id, conversion_no, path_length, model) as left_minor,
    row_number() over (
      partition by contact_id, conversion_no, path_length, model order by remainder desc, position
    ) as value_place
  from parts
)
select
  contact_id, conversion_no, conversion_type, conversion_key, month_start, currency, training, path_length, position,
  touch_key, channel, campaign, message, email_type, step, in_30d, in_90d, in_all, model, share_ppb,
  (floor_minor + case when value_place <= left_minor then 1 else 0 end) * case when revenue_minor < 0 then -1 else 1 end
    as value_minor
from allocated
