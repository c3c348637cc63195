-- Grain: conversion × path of two touches or more × touch × model, zero shares left out. Shares are integer billionths that sum to
-- exactly one per path and model, and values sum to exactly the revenue: floors first, then one more to the largest remainders, ties
-- by position (R8b). Models that weigh by place need one small table of lengths; only time decay weighs path by path.
with paths as (
  select contact_id, conversion_no, path_length, position, age_ms
  from int_attribution_paths
  where path_length > 1
),
places as (
  select path_length, position, case when position = 1 then 1 else 0 end as is_first, case when position = path_length then 1 else 0 end as is_close
  from paths
  group by path_length, position
),
roles as (
  select
    model, path_length, position, rest_weight,
    is_first * first_weight + is_close * close_weight as role_weight,
    path_length - case when first_weight > 0 then 1 else 0 end - case when close_weight > 0 then 1 else 0 end as roleless
  from places
  cross join int_attribution_models
  where is_decaying = 0
),
place_weights as (
  select
    model, path_length, position,
    -- Multiplied by the touches that share the rest, so that weights stay whole numbers.
    case when role_weight > 0 then role_weight * case when roleless > 0 then roleless else 1 end else rest_weight end as weight
  from roles
),
place_parts as (
  select
    *,
    cast(floor(cast(weight as float64) * 1000000000 / sum(weight) over path) as int64) as floor_ppb,
    sum(weight) over path as path_weight
  from place_weights
  window path as (partition by model, path_length)
),
place_shares as (
  select
    model, path_length, position,
    floor_ppb + case
      when row_number() over (
        partition by model, path_length order by weight * 1000000000 - floor_ppb * path_weight desc, position
      ) <= 1000000000 - sum(floor_ppb) over (partition by model, path_length) then 1
      else 0
    end as share_ppb
  from place_parts
),
decay_weights as (
  select
    model, contact_id, conversion_no, path_length, position,
    cast(round(1000000000 * pow(
      0.5,
      cast(age_ms - min(age_ms) over (partition by contact_id, conversion_no, path_length) as float64)
      / {{rule(attribution_half_life_ms)}}
    )) as int64) as weight
  from paths
  cross join int_attribution_models
  where is_decaying = 1
),
decay_parts as (
  select
    *,
    cast(floor(cast(weight as float64) * 1000000000 / sum(weight) over path) as int64) as floor_ppb,
    sum(weight) over path as path_weight
  from decay_weights
  window path as (partition by contact_id, conversion_no, path_length)
),
decay_shares as (
  select
    model, contact_id, conversion_no, path_length, position,
    floor_ppb + case
      when row_number() over (
        partition by contact_id, conversion_no, path_length
        order by weight * 1000000000 - floor_ppb * path_weight desc, position
      ) <= 1000000000 - sum(floor_ppb) over (partition by contact_id, conversion_no, path_length) then 1
      else 0
    end as share_ppb
  from decay_parts
),
shared as (
  select contact_id, conversion_no, paths.path_length, paths.position, model, share_ppb
  from paths
  join place_shares on place_shares.path_length = paths.path_length and place_shares.position = paths.position
  where share_ppb > 0
  union all
  select contact_id, conversion_no, path_length, position, model, share_ppb
  from decay_shares
  where share_ppb > 0
),
priced as (
  select
    shared.*, revenue_minor, abs(revenue_minor) as size_minor,
    cast(floor(cast(abs(revenue_minor) as float64) / 1000000000) as int64) as billions
  from shared
  join int_conversions
    on int_conversions.contact_id = shared.contact_id and int_conversions.conversion_no = shared.conversion_no
),
-- A revenue beyond a billion is split, so that no product leaves 64 bits; a floor taken over floats is put right in whole numbers.
guessed as (
  select
    *,
    share_ppb * (size_minor - billions * 1000000000) as product,
    cast(floor(cast(share_ppb * (size_minor - billions * 1000000000) as float64) / 1000000000) as int64) as guess
  from priced
  where revenue_minor <> 0
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
    floor_minor + case
      when row_number() over (
        partition by contact_id, conversion_no, path_length, model order by remainder desc, position
      ) <= size_minor - sum(floor_minor) over (partition by contact_id, conversion_no, path_length, model) then 1
      else 0
    end as allocated_minor
  from parts
)
select contact_id, conversion_no, path_length, position, model, share_ppb, 0 as value_minor
from priced
where revenue_minor = 0
union all
select
  contact_id, conversion_no, path_length, position, model, share_ppb,
  case when revenue_minor < 0 then -allocated_minor else allocated_minor end as value_minor
from allocated
