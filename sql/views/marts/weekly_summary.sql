-- Grain: ISO week × line, in the order of R10. The running week is 'so far'. Three lines of each week, those furthest from chance,
-- carry a sentence: what changed, whether it is outside chance, what to do.
with changes as (
  select * from int_weekly_changes
),
targets as (
  select
    changes.*,
    case position
      when 1 then lag(case when position = 1 then case when value > next_week_min_emails then value else next_week_min_emails end end)
        over (partition by line order by week_start)
      when 2 then healthy_open_rate when 3 then normal_reply_rate_lo when 4 then next_week_calls_lo
      when 10 then deal_rate_goal
    end as target,
    healthy_open_rate, normal_reply_rate_lo, normal_reply_rate_hi
  from changes
  cross join rules
),
judged as (
  select
    *,
    case
      when value is null then 'no data'
      when position = 2 and value >= healthy_open_rate then 'healthy'
      when position = 2 then 'low'
      when position = 3 and value < normal_reply_rate_lo then 'below normal'
      when position = 3 and value > normal_reply_rate_hi then 'above normal'
      when position = 3 then 'normal'
      when target is not null and value >= target then 'goal met'
      when target is not null then 'below goal'
      else ''
    end as flag,
    case when unit = 'rate' then 100 else 1 end as scale,
    case when unit = 'rate' then ' %' else '' end as sign
  from targets
),
worded as (
  select
    *,
    concat(cast(cast(floor(value * scale + 0.5) as int64) as string), sign) as value_words,
    concat(cast(cast(floor(previous * scale + 0.5) as int64) as string), sign) as previous_words
  from judged
),
advised as (
  select
    *,
    case
      when abs(z) < 1.96 then 'Within chance: leave it as it is.'
      when position = 12 or position = 13 then case when z > 0 then 'Outside chance: check the addresses before the next send.'
        else 'Outside chance: keep the list as clean.' end
      when z > 0 then 'Outside chance: do the same again.'
      when position in (1, 8, 11) then 'Outside chance: send the mails that are due.'
      when position in (2, 14) then 'Outside chance: look at the subject and the first lines.'
      when position = 3 then 'Outside chance: look at what the last step asks.'
      else 'Outside chance: call back the warmest leads first.'
    end as advice
  from worded
)
select
  iso_week as week, week_start, state, row_number() over (
    partition by week_start order by position, case when line = 'Revenue' then 0 else 1 end, line
  ) as position, line, unit, value,
  case
    when position in (7, 18) then note
    when value is null then 'no data'
    when position in (11, 12, 14) and denominator > 0 then concat(value_words, ' (',
      cast(cast(floor(100 * cast(numerator as float64) / denominator + 0.5) as int64) as string), ' %)')
    when position = 2 then concat(value_words, ', ', note)
    when position = 17 then concat(value_words, ' ', currency)
    else value_words
  end as value_text,
  numerator, denominator,
  case when unit = 'rate' then {{rate_lo(numerator, denominator)}} end as value_lo,
  case when unit = 'rate' then {{rate_hi(numerator, denominator)}} end as value_hi,
  previous, value - previous as change, target, flag,
  case when change_rank <= 3 then concat(line,
    case when value > previous then ' rose from ' when value < previous then ' fell from ' else ' stayed: from ' end,
    previous_words, ' to ', value_words, '. ', advice) end as sentence,
  currency
from advised
