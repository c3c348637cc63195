-- Grain: conversion_type × model × lookback × dimension × value × month_start × currency: what earned something, or cost something.
-- Credit is cut to whole minor units, draws are not: an interval is never narrower than the share that it is of.
select
  boards.conversion_type, boards.model, boards.lookback, dimension,
  dimension_value as value,
  boards.month_start, boards.currency,
  cast(share_ppb as float64) / 1000000000 as conversions,
  value_minor as revenue,
  share,
  rank,
  case when boards.currency = int_house_currency.currency then 1 else 0 end as is_house_currency,
  spend_minor as spend,
  {{ratio(value_minor, spend_minor)}} as roas,
  cast(round(spend_minor * 1e9 / case when share_ppb >= {{rule(min_cpa_ppb)}} then share_ppb end) as int64) as cpa,
  rank_spread,
  case when share_lo > share then share else share_lo end as share_lo,
  case when share_hi < share then share else share_hi end as share_hi
from int_attribution_boards as boards
cross join int_house_currency
left join stg_share_intervals as intervals
  on ((intervals.model = boards.model and intervals.conversion_type = boards.conversion_type)
    and (intervals.lookback = boards.lookback and intervals.month_start = boards.month_start))
  and ((intervals.currency = boards.currency and intervals.channel = boards.dimension_value)
    and boards.dimension = 'channel')
where share_ppb > 0 or spend_minor is not null
