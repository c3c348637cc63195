-- Grain: ISO week × line, in the order of R10. The running week is 'so far': it is compared with nothing. Three lines of each complete
-- week carry a sentence each (R10a). A rate over few says so in its flag.
-- Home of R10.
with changes as (
  select
    int_weekly_changes.*, sentence, sentences.story_rank as sentence_no,
    case when unit = 'money' then floor(abs(value) + 0.5) else value end as size
  from int_weekly_changes
  left join int_weekly_sentences as sentences
    on sentences.week_start = int_weekly_changes.week_start and sentences.line = int_weekly_changes.line
),
worded as (
  select *, case when unit = 'rate' then {{percent_text(value)}} else {{number_text(size)}} end as words
  from changes
)
select
  iso_week as week, week_start, state, row_number() over (
    partition by week_start order by position, case when line = 'Revenue' then 0 else 1 end, line
  ) as position, line, unit, value,
  case
    when position in (7, 18) then note
    when value is null then 'no data'
    when position in (11, 12, 14, 15) and denominator > 0
      then concat(words, ' (', {{percent_text(cast(numerator as float64) / denominator)}}, ')')
    when position = 16 then {{minutes_text(value)}}
    when position = 17 then concat(case when value < 0 then '−' else '' end, words,
      case when currency = 'unknown' then '' else concat(' ', currency) end)
    else words
  end as value_text,
  numerator, denominator,
  case when unit = 'rate' then {{rate_lo(numerator, denominator)}} end as value_lo,
  case when unit = 'rate' then {{rate_hi(numerator, denominator)}} end as value_hi,
  previous, case when state = 'complete' then value - previous end as change, target,
  case
    when is_small = 1 and standing not in ('', 'no data') then concat(standing, {{small_sample()}})
    else standing
  end as flag,
  sentence, currency, numerator_human, sentence_no
from worded
