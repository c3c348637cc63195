-- Grain: conversion_type × model × lookback × dimension × value × month_start × currency, zero
-- credits included, with the sums of its ranking: all values of the other keys. Credits are summed
-- once over all their dimensions, and only then unpivoted, once per dimension and per lookback. The
-- whole is computed before readers choose from it: D1 takes no expression deeper than 100, which
-- their conditions become where SQLite carries them down to the credits. Most paths have one touch
-- or none, and models agree on them: they are summed before the models stand beside them. Touches
-- alike in every dimension share a number, so that only numbers are sorted once per model.
with segments as (
  select contact_id, lead_type, offer from int_contacts
),
touches as (
  select
    paths.contact_id, conversion_no, path_length, position, in_30d, in_90d, in_all, revenue_minor,
    conversion_type, month_start, currency, channel, campaign, message, email_type, step, training,
    coalesce(lead_type, 'unknown') as lead_type, coalesce(offer, 'unknown') as offer
  from int_attribution_paths as paths
  left join segments on segments.contact_id = paths.contact_id
),
numbered as (
  select
    *,
    dense_rank() over (
      order by {{dimension_columns(attribution)}}, month_start, conversion_type, currency
    ) as profile_no
  from touches
),
profiles as (
  select
    profile_no,
    conversion_type,
    month_start,
    currency,
    {{dimension_columns(attribution)}},
    count(*) as touch_count
  from numbered
  group by profile_no, conversion_type, month_start, currency, {{dimension_columns(attribution)}}
),
credits as (
  select
    profile_no, coalesce(model_no, 0) as model_no, in_30d, in_90d, in_all,
    coalesce(share_ppb, 1000000000) as share_ppb,
    coalesce(value_minor, revenue_minor) as value_minor
  from numbered
  left join int_attribution_shares as shares
    on shares.contact_id = numbered.contact_id
    and shares.conversion_no = numbered.conversion_no
    and shares.path_length = numbered.path_length
    and shares.position = numbered.position
  where numbered.path_length <= 1 or share_ppb is not null
),
summed as (
  select
    profile_no, model_no,
    sum(share_ppb * in_30d) as ppb_30d, sum(value_minor * in_30d) as minor_30d,
    sum(share_ppb * in_90d) as ppb_90d, sum(value_minor * in_90d) as minor_90d,
    sum(share_ppb * in_all) as ppb_all, sum(value_minor * in_all) as minor_all
  from credits
  group by profile_no, model_no
),
dimensions as (
  {{dimension_names(attribution)}}
),
standing as (
  select
    profile_no,
    conversion_type,
    month_start,
    currency,
    dimension,
    {{dimension_value(attribution)}} as dimension_value
  from profiles
  cross join dimensions
),
placed as (
  select
    *,
    dense_rank() over (order by dimension, dimension_value, conversion_type, month_start, currency)
      as cell_no
  from standing
),
by_cell as (
  select
    cell_no, model_no,
    min(conversion_type) as conversion_type,
    min(month_start) as month_start,
    min(currency) as currency,
    min(dimension) as dimension, min(dimension_value) as dimension_value,
    sum(ppb_30d) as ppb_30d, sum(minor_30d) as minor_30d,
    sum(ppb_90d) as ppb_90d, sum(minor_90d) as minor_90d,
    sum(ppb_all) as ppb_all, sum(minor_all) as minor_all
  from summed
  join placed on placed.profile_no = summed.profile_no
  group by cell_no, model_no
),
-- Each model holds what any of them credits, so that places are places among the same.
by_value as (
  select
    cell_no, models.model,
    min(by_cell.conversion_type) as conversion_type,
    min(month_start) as month_start,
    min(currency) as currency,
    min(dimension) as dimension, min(dimension_value) as dimension_value,
    sum(case when by_cell.model_no in (0, models.model_no) then ppb_30d * takes_30d else 0 end)
      as ppb_30d,
    sum(case when by_cell.model_no in (0, models.model_no) then minor_30d * takes_30d else 0 end)
      as minor_30d,
    sum(case when by_cell.model_no in (0, models.model_no) then ppb_90d * takes_90d else 0 end)
      as ppb_90d,
    sum(case when by_cell.model_no in (0, models.model_no) then minor_90d * takes_90d else 0 end)
      as minor_90d,
    sum(case when by_cell.model_no in (0, models.model_no) then ppb_all * takes_all else 0 end)
      as ppb_all,
    sum(case when by_cell.model_no in (0, models.model_no) then minor_all * takes_all else 0 end)
      as minor_all
  from by_cell
  join int_attribution_applied as models on models.conversion_type = by_cell.conversion_type
  group by cell_no, models.model
),
-- What was spent belongs to the channel or campaign, whoever converted: it stands beside every
-- model, also where nobody did.
spends as (
  select
    dimension, case dimension when 'channel' then channel else campaign end as dimension_value,
    month_start, currency, sum(amount_minor) as spend_minor
  from stg_ad_spend
  join stg_calendar on stg_calendar.day = spent_day
  cross join dimensions
  where dimension = 'channel' or (dimension = 'campaign' and campaign <> 'none')
  group by 1, 2, 3, 4
),
applied_models as (
  select conversion_type, model
  from int_attribution_applied
  group by conversion_type, model
),
amounts as (
  select
    conversion_type, model, month_start, currency, dimension, dimension_value,
    ppb_30d, minor_30d, ppb_90d, minor_90d, ppb_all, minor_all, null as spend_minor
  from by_value
  union all
  select
    conversion_type, model, month_start, currency, dimension, dimension_value,
    0 as ppb_30d,
    0 as minor_30d,
    0 as ppb_90d,
    0 as minor_90d,
    0 as ppb_all,
    0 as minor_all,
    spend_minor
  from spends
  cross join applied_models
),
with_spend as (
  select
    conversion_type, model, month_start, currency, dimension, dimension_value,
    sum(ppb_30d) as ppb_30d, sum(minor_30d) as minor_30d,
    sum(ppb_90d) as ppb_90d, sum(minor_90d) as minor_90d,
    sum(ppb_all) as ppb_all, sum(minor_all) as minor_all,
    max(spend_minor) as spend_minor
  from amounts
  group by conversion_type, model, month_start, currency, dimension, dimension_value
),
lookbacks as (
  select * from int_lookbacks
),
by_lookback as (
  select
    conversion_type, model, lookback, dimension, dimension_value, month_start, currency,
    case lookback when '30d' then ppb_30d when '90d' then ppb_90d else ppb_all end as share_ppb,
    case lookback
      when '30d' then minor_30d
      when '90d' then minor_90d
      else minor_all
    end as value_minor,
    spend_minor
  from with_spend
  cross join lookbacks
),
totalled as (
  select
    *,
    sum(share_ppb) over ranking as ranking_ppb,
    sum(value_minor) over ranking as ranking_minor
  from by_lookback
  window ranking as (
    partition by conversion_type, model, lookback, dimension, month_start, currency
  )
),
weighed as (
  select
    *,
    case when ranking_minor > 0 then value_minor else share_ppb end as part,
    case when ranking_minor > 0 then ranking_minor else ranking_ppb end as whole
  from totalled
),
shared as (
  select *, {{ratio(part, whole)}} as share
  from weighed
),
ranked as (
  select
    *,
    row_number() over (
      partition by conversion_type, model, lookback, dimension, month_start, currency
      order by part desc, dimension_value
    ) as rank
  from shared
)
select
  *,
  max(rank) over rivals - min(rank) over rivals as rank_spread
from ranked
window rivals as (
  partition by conversion_type, lookback, dimension, dimension_value, month_start, currency
)
