-- Grain: ISO week × line: the line beside the week before it, and how far the change is from chance (z): two proportions for a rate,
-- two Poisson counts for a count. Lines that are money, text or targets are never tested.
with lines as (
  select
    *,
    case
      when unit = 'rate' or position in (8, 16) then {{ratio(numerator, denominator)}}
      when position = 17 then {{major(numerator, currency)}}
      else numerator
    end as value
  from int_weekly_lines
),
beside as (
  select
    *,
    lag(value) over line_weeks as previous,
    lag(numerator) over line_weeks as numerator_before,
    lag(denominator) over line_weeks as denominator_before
  from lines
  window line_weeks as (partition by line order by week_start)
),
pooled as (
  select
    *,
    case when unit = 'rate' and denominator > 0 and denominator_before > 0
      then cast(numerator + numerator_before as float64) / (denominator + denominator_before) end as share
  from beside
),
tested as (
  select
    *,
    case
      when share > 0 and share < 1 then (value - previous)
        / sqrt(share * (1 - share) * (1.0 / denominator + 1.0 / denominator_before))
      when unit = 'count' and position not in (7, 8, 15, 19) and value + previous > 0
        then (value - previous) / sqrt(cast(value + previous as float64))
    end as z
  from pooled
)
select
  week_start, iso_week, state, position, line, unit, currency, numerator, denominator, note, value, previous, z,
  case when z is not null then row_number() over (
    partition by week_start order by case when z is null then 1 else 0 end, abs(z) desc, position
  ) end as change_rank
from tested
