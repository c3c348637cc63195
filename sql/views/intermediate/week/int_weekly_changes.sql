-- Grain: ISO week × line: the line beside its target and the week before it, and how far the change is from chance (z): two
-- proportions for a rate and for what is counted over the emails sent, two Poisson counts for another count, both with the correction
-- for small counts. What the house itself decides (emails sent, targets), money, text and means are never tested. story_rank: which
-- three lines tell the week (R10a): revenue and calls where they moved, what is outside chance, emails below their target, the rest.
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
      when position = 14 then 'clicks' when line = 'Revenue' then 'revenue'
    end as topic
  from int_weekly_lines
),
judged as (
  select
    *,
    case
      when value is null then 'no data'
      when position = 2 and value >= target then 'healthy'
      when position = 2 then 'low'
      when position = 3 and value < target then 'below normal'
      when position = 3 and value > {{rule(normal_reply_rate_hi)}} then 'above normal'
      when position = 3 then 'normal'
      when target is not null and value >= target then 'goal met'
      when target is not null and state = 'complete' then 'below goal'
      else ''
    end as standing,
    case when unit = 'rate' and denominator < {{rule(min_leads)}} then 1 else 0 end as is_small
  from lines
),
beside as (
  select
    *,
    lag(value) over line_weeks as previous,
    lag(share) over line_weeks as share_before,
    lag(numerator) over line_weeks as numerator_before,
    lag(denominator) over line_weeks as denominator_before,
    lag(is_small) over line_weeks as is_small_before
  from judged
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
      when share is null and share_before is null and unit in ('count', 'money') then value - previous
    end as gap,
    case
      when pool > 0 and pool < 1 then sqrt(pool * (1 - pool) * inverse)
      when unit = 'count' and position not in (1, 12, 14) and value + previous > 0 then sqrt(cast(value + previous as float64))
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
    ) as topic_place,
    case
      when topic is null or value is null then 9
      when topic = 'revenue' and coalesce(gap, value) <> 0 then 1
      when topic = 'calls' and coalesce(gap, value) <> 0 then 2
      when abs(z) >= {{rule(week_chance_z)}} then 3
      when topic = 'sending' and standing = 'below goal' then 4
      else 5
    end as tier
  from tested
)
select
  week_start, iso_week, state, position, line, unit, currency, numerator, denominator, numerator_human, note, value, previous, target,
  standing, is_small, share, share_before, numerator_before, denominator_before, is_small_before, gap, z,
  case when tier < 9 then row_number() over (
    partition by week_start order by case when tier = 9 then 1 else 0 end, topic_place, tier,
    case when z is null then 1 else 0 end, abs(z) desc, position
  ) end as story_rank
from placed
