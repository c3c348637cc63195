-- Grain: ISO week × line: the line beside its target and the week before it, and how far the change
-- is from chance (z): two proportions for a share, two Poisson counts for a count, both with the
-- correction for small counts. story_rank: which three lines tell the week (R10a): revenue and
-- calls where they moved, what is outside chance, emails below their target, the rest.
with lines as (
  select
    *,
    case
      when unit = 'rate' or is_mean = 1 then {{ratio(numerator, denominator)}}
      when unit = 'money' then {{major(numerator, currency)}}
      else numerator
    end as value,
    case when test = 'share' then {{ratio(numerator, denominator)}} end as share
  from int_weekly_lines
),
judged as (
  select
    *,
    case
      when value is null then 'no data'
      when line_key = 'email_open_rate' and value >= target then 'healthy'
      when line_key = 'email_open_rate' then 'low'
      when line_key = 'email_reply_rate' and value < target then 'below normal'
      when line_key = 'email_reply_rate' and value > {{rule(normal_reply_rate_hi)}}
        then 'above normal'
      when line_key = 'email_reply_rate' then 'normal'
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
    case
      when share is not null and share_before is not null
        then cast(numerator + numerator_before as float64) / (denominator + denominator_before)
    end as pool,
    case
      when share is not null and share_before is not null
        then 1.0 / denominator + 1.0 / denominator_before
    end as inverse
  from beside
),
measured as (
  select
    *,
    case
      when pool is not null then share - share_before
      when share is null and share_before is null and unit in ('count', 'money')
        then value - previous
    end as gap,
    case
      when pool > 0 and pool < 1 then sqrt(pool * (1 - pool) * inverse)
      when test = 'count' and value + previous > 0 then sqrt(cast(value + previous as float64))
    end as spread,
    case when pool is not null then inverse / 2 else 1 end as slack
  from pooled
),
tested as (
  select
    *,
    case
      when value is null or spread is null or spread <= 0 then null
      when gap > slack then (gap - slack) / spread
      when gap < -slack then (gap + slack) / spread
      else 0.0
    end as z
  from measured
),
placed as (
  select
    *,
    row_number() over (
      partition by week_start, topic
      order by
        case when z is null then 1 else 0 end,
        abs(z) desc,
        case when value is null then 1 else 0 end,
        position
    ) as topic_place,
    case
      when topic = '' or value is null then 9
      when topic = 'revenue' and coalesce(gap, value) <> 0 then 1
      when topic = 'calls' and coalesce(gap, value) <> 0 then 2
      when abs(z) >= {{rule(week_chance_z)}} then 3
      when topic = 'sending' and standing = 'below goal' then 4
      else 5
    end as tier
  from tested
)
select
  week_start,
  iso_week,
  state,
  line_key,
  position,
  line,
  unit,
  is_mean,
  currency,
  numerator,
  denominator,
  numerator_human,
  words,
  value,
  previous,
  target,
  standing,
  is_small,
  share,
  share_before,
  numerator_before,
  denominator_before,
  is_small_before,
  gap,
  z,
  case
    when tier < 9 then row_number() over (
      partition by week_start
      order by
        case when tier = 9 then 1 else 0 end,
        topic_place,
        tier,
        case when z is null then 1 else 0 end,
        abs(z) desc,
        position
    )
  end as story_rank
from placed
