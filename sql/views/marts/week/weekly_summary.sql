-- Grain: ISO week × line, in the order of R10. The running week is 'so far': it is compared with
-- nothing. Three lines of each complete week carry a sentence each (R10a). A rate over few says so
-- in its flag.
-- Home of R10.
with changes as (
  select
    int_weekly_changes.*,
    sentence,
    sentences.story_rank as sentence_no,
    case when unit = 'money' then floor(abs(value) + 0.5) else value end as size
  from int_weekly_changes
  left join int_weekly_sentences as sentences
    on sentences.week_start = int_weekly_changes.week_start
    and sentences.line = int_weekly_changes.line
),
worded as (
  select
    *,
    case
      when unit = 'rate' then {{percent_text(value)}}
      else {{number_text(size)}}
    end as figure
  from changes
)
select
  iso_week as week,
  week_start,
  state,
  row_number() over (
    partition by week_start
    order by position, case when line_key = 'revenue' then 0 else 1 end, line
  ) as position,
  line,
  unit,
  value,
  case
    when words is not null then words
    when value is null then 'no data'
    when unit = 'count' and is_mean = 0 and denominator > 0
      then concat(figure, ' (', {{percent_text(cast(numerator as float64) / denominator)}}, ')')
    when unit = 'minutes' then {{minutes_text(value)}}
    when unit = 'money'
      then concat(
        case when value < 0 then '−' else '' end,
        figure,
        case when currency = 'unknown' then '' else concat(' ', currency) end
      )
    else figure
  end as value_text,
  numerator,
  denominator,
  case when unit = 'rate' then {{rate_lo(numerator, denominator)}} end as value_lo,
  case when unit = 'rate' then {{rate_hi(numerator, denominator)}} end as value_hi,
  previous,
  case when state = 'complete' then value - previous end as change,
  target,
  case
    when is_small = 1 and standing not in ('', 'no data') then concat(standing, {{small_sample()}})
    else standing
  end as flag,
  sentence,
  currency,
  numerator_human,
  sentence_no
from worded
