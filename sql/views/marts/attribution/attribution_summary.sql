-- Grain: conversion_type × model × lookback × dimension × value × month_start × currency: what
-- earned something, or cost something. Credit is cut to whole minor units, draws are not: an
-- interval is never narrower than the share that it is of.
select
  rankings.conversion_type,
  rankings.model,
  rankings.lookback,
  dimension,
  dimension_value as value,
  rankings.month_start,
  rankings.currency,
  cast(share_ppb as float64) / 1000000000 as conversions,
  value_minor as revenue,
  share,
  rank,
  case when rankings.currency = int_house_currency.currency then 1 else 0 end as is_house_currency,
  spend_minor as spend,
  {{ratio(value_minor, spend_minor)}} as roas,
  cast(round(
    spend_minor * 1e9 / case when share_ppb >= {{rule(min_cpa_ppb)}} then share_ppb end
  ) as int64) as cpa,
  rank_spread,
  case when share_lo > share then share else share_lo end as share_lo,
  case when share_hi < share then share else share_hi end as share_hi
from int_attribution_rankings as rankings
cross join int_house_currency
left join stg_share_intervals as intervals
  on ((intervals.model = rankings.model and intervals.conversion_type = rankings.conversion_type)
    and (intervals.lookback = rankings.lookback and intervals.month_start = rankings.month_start))
  and ((intervals.currency = rankings.currency and intervals.channel = rankings.dimension_value)
    and rankings.dimension = 'channel')
where share_ppb > 0 or spend_minor is not null
