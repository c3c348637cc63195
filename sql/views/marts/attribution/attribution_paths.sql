-- Grain: path × conversion_type, of the touches in the 30 days before the conversion, or before the
-- last touch where there was none.
with journeys as (
  select
    {{shown_path(path)}} as path,
    conversion_type,
    path_length,
    converting,
    non_converting,
    currency,
    revenue_minor,
    duration_ms
  from int_attribution_journeys
  where lookback = '30d'
),
ranked as (
  select
    *,
    cume_dist() over (partition by conversion_type, path, converting order by duration_ms)
      as portion
  from journeys
)
select
  path,
  conversion_type,
  min(path_length) as length,
  sum(converting) as converting,
  sum(non_converting) as non_converting,
  count(*) as paths,
  {{rate_columns(conversion_rate, sum(converting), count(*))}},
  sum(case when ranked.currency = int_house_currency.currency then revenue_minor else 0 end)
    as revenue,
  sum(case when ranked.currency <> int_house_currency.currency then 1 else 0 end)
    as other_currency_purchases,
  cast(
    {{percentile(0.5, case when converting = 1 then duration_ms end, portion)}} as float64
  ) / 86400000 as median_days,
  max(int_house_currency.currency) as currency,
  case when count(*) < {{rule(min_leads)}} then 1 else 0 end as below_threshold
from ranked
cross join int_house_currency
group by path, conversion_type
