-- Grain: ISO week × line: the line beside the week before it, and how far the change is from chance (z): two proportions for a rate and
-- for what is counted over the mails sent, two Poisson counts for another count, both with the correction for small counts. Money,
-- text, targets and means are never tested. change_rank: first the line of each topic that is furthest from chance; null: never told.
with lines as (
  select
    *,
    case
      when unit = 'rate' or position in (8, 16) then {{ratio(numerator, denominator)}}
      when position = 17 then {{major(numerator, currency)}}
      else numerator
    end as value,
    case when unit = 'rate' or position in (12, 14) then {{ratio(numerator, denominator)}} end as share,
    case
      when position = 1 then 'sending' when position = 2 then 'opens' when position in (3, 9) then 'replies'
      when position in (4, 5) then 'calls' when position in (6, 10) then 'deals' when position in (12, 13) then 'delivery'
      when position = 14 then 'clicks'
    end as topic
  from int_weekly_lines
),
beside as (
  select
    *,
    lag(value) over line_weeks as previous,
    lag(share) over line_weeks as share_before,
    lag(numerator) over line_weeks as numerator_before,
    lag(denominator) over line_weeks as denominator_before
  from lines
  window line_weeks as (partition by line order by week_start)
),
pooled as (
  select
    *,
    case when share is not null and share_before is not null
      then cast(numerator + numerator_before as float64) / (denominator + denominator_before) end as pool,
    case when share is not null and share_before is not null then 1.0 / denominator + 1.0 / denominator_before end as inverse
  from beside
),
measured as (
  select
    *,
    case
      when pool is not null then share - share_before
      when share is null and share_before is null and unit = 'count' then value - previous
    end as gap,
    case
      when pool > 0 and pool < 1 then sqrt(pool * (1 - pool) * inverse)
      when unit = 'count' and position not in (12, 14) and value + previous > 0 then sqrt(cast(value + previous as float64))
    end as spread,
    case when pool is not null then inverse / 2 else 1 end as slack
  from pooled
),
tested as (
  select
    *,
    case when topic is not null and value is not null and spread > 0 then
      case when gap > slack then (gap - slack) / spread when gap < -slack then (gap + slack) / spread else 0.0 end
    end as z
  from measured
),
placed as (
  select
    *,
    row_number() over (
      partition by week_start, topic order by case when z is null then 1 else 0 end, abs(z) desc,
      case when value is null then 1 else 0 end, position
    ) as topic_place
  from tested
)
select
  week_start, iso_week, state, position, line, unit, currency, numerator, denominator, numerator_human, note, value, previous, share,
  share_before, gap, z,
  case when topic is not null and value is not null then row_number() over (
    partition by week_start order by case when topic is null or value is null then 1 else 0 end, topic_place,
    case when z is null then 1 else 0 end, abs(z) desc, position
  ) end as change_rank
from placed
