-- Grain: path × conversion_type, of the touches in the 30 days before the conversion, or before the last touch where there was none.
with journeys as (
  select
    {{shown_path(path)}} as path, conversion_type, path_length, converting, non_converting, currency, revenue_minor, duration_ms
  from int_attribution_journeys
  where lookback = '30d'
),
ranked as (
  select
    *,
    row_number() over (partition by conversion_type, path order by converting desc, duration_ms) as place,
    sum(converting) over (partition by conversion_type, path) as conversions
  from journeys
)
select
  path,
  conversion_type,
  min(path_length) as length,
  sum(converting) as converting,
  sum(non_converting) as non_converting,
  count(*) as paths,
  {{rate(sum(converting), count(*))}} as conversion_rate,
  {{rate_lo(sum(converting), count(*))}} as conversion_rate_lo,
  {{rate_hi(sum(converting), count(*))}} as conversion_rate_hi,
  sum(case when ranked.currency = int_house_currency.currency then revenue_minor else 0 end) as revenue,
  sum(case when ranked.currency <> int_house_currency.currency then 1 else 0 end) as other_currency_purchases,
  max(case when converting = 1 and place = floor((conversions + 1) / 2.0) then cast(duration_ms as float64) / 86400000 end)
    as median_days
from ranked
cross join int_house_currency
group by path, conversion_type
