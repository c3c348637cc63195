-- Grain: conversion × path of two touches or more × touch × model, zero shares left out. Shares are
-- integer billionths that sum to exactly one per path and model, and values sum to exactly the
-- revenue: floors first, then one more to the largest remainders, ties by position (R8b). Only
-- numbers are sorted here; whoever wants a touch's names joins int_attribution_paths by the first
-- four columns.
-- Home of R8b.
with paths as (
  select * from int_attribution_roles
),
effects as (
  select * from stg_model_results
),
held as (
  select
    contact_id, conversion_no, path_length, position, model_no, revenue_minor, rest_weight,
    case weighing
      when 'age' then cast(round(1000000000 * pow(
        0.5, cast(age_ms - last_age_ms as float64) / {{rule(attribution_half_life_ms)}}
      )) as int64)
      when 'channel' then cast(floor(cast({{channel_weight()}} as float64) / repeats) as int64)
      when 'effect' then coalesce(effect_ppb, 0)
      else
        case when position = 1 then first_weight else 0 end
        + case when position = lead_position then lead_weight else 0 end
        + case when position = opportunity_position then opportunity_weight else 0 end
        + case
          when position = case when skips_direct = 1 then indirect_position else path_length end
            then close_weight
          else 0
        end
    end as own_weight
  from paths
  join int_attribution_applied as models on models.conversion_type = paths.conversion_type
  left join effects
    on effects.model = models.model
    and effects.conversion_type = models.conversion_type
    and effects.lookback = models.lookback
    and effects.channel = paths.channel
  where in_30d * takes_30d + in_90d * takes_90d + in_all * takes_all > 0
),
counted as (
  select
    *,
    sum(own_weight) over path as held_weight,
    sum(case when own_weight = 0 and rest_weight > 0 then 1 else 0 end) over path as resting
  from held
  window path as (partition by contact_id, conversion_no, path_length, model_no)
),
-- Multiplied by the touches that share the rest, so that weights stay whole numbers. Where nothing
-- weighs, all touches weigh the same.
summed as (
  select
    contact_id, conversion_no, path_length, position, model_no, revenue_minor,
    case
      when held_weight + resting = 0 then 1
      when own_weight = 0 then rest_weight
      when resting > 0 then own_weight * resting
      else own_weight
    end as weight,
    case
      when held_weight + resting = 0 then path_length
      when resting > 0 then (held_weight + rest_weight) * resting
      else held_weight
    end as path_weight
  from counted
  where own_weight > 0 or rest_weight > 0 or held_weight = 0
),
estimated as (
  select *, cast(floor(cast(weight as float64) * 1000000000 / path_weight) as int64) as guess
  from summed
),
-- A floor taken over floats is put right in whole numbers.
cut as (
  select
    contact_id, conversion_no, path_length, position, model_no, revenue_minor, weight, path_weight,
    guess + case
      when weight * 1000000000 < guess * path_weight then -1
      when weight * 1000000000 >= (guess + 1) * path_weight then 1
      else 0
    end as floor_ppb
  from estimated
),
ranked as (
  select
    contact_id, conversion_no, path_length, position, model_no, revenue_minor, floor_ppb,
    1000000000 - sum(floor_ppb) over (partition by contact_id, conversion_no, path_length, model_no)
      as left_ppb,
    row_number() over (
      partition by contact_id, conversion_no, path_length, model_no
      order by weight * 1000000000 - floor_ppb * path_weight desc, position
    ) as place
  from cut
),
shared as (
  select
    contact_id, conversion_no, path_length, position, model_no, revenue_minor,
    floor_ppb + case when place <= left_ppb then 1 else 0 end as share_ppb,
    cast(floor(cast(abs(revenue_minor) as float64) / 1000000000) as int64) as billions
  from ranked
),
-- A revenue beyond a billion is split, so that no product leaves 64 bits.
multiplied as (
  select *, share_ppb * (abs(revenue_minor) - billions * 1000000000) as product
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
  select
    contact_id, conversion_no, path_length, position, model_no, revenue_minor, share_ppb,
    share_ppb * billions + small_floor as floor_minor,
    product - small_floor * 1000000000 as remainder
  from floored
),
allocated as (
  select
    contact_id,
    conversion_no,
    path_length,
    position,
    model_no,
    revenue_minor,
    share_ppb,
    floor_minor,
    abs(revenue_minor) - sum(floor_minor) over (
      partition by contact_id, conversion_no, path_length, model_no
    ) as left_minor,
    row_number() over (
      partition by contact_id, conversion_no, path_length, model_no
      order by remainder desc, position
    ) as value_place
  from parts
)
select
  contact_id,
  conversion_no,
  path_length,
  position,
  model_no,
  share_ppb,
  (floor_minor + case when value_place <= left_minor then 1 else 0 end)
    * case when revenue_minor < 0 then -1 else 1 end
    as value_minor
from allocated
