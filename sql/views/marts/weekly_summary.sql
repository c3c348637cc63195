-- Grain: ISO week × line, in the order of R10. The running week is 'so far': it is compared with nothing. Three lines of each complete
-- week, of three topics, those furthest from chance, carry a sentence: what changed, whether it is outside chance, what to do (R10a).
with changes as (
  select * from int_weekly_changes
),
targets as (
  select
    changes.*,
    case position
      when 1 then lag(
        case
          when position = 1 and value > {{rule(next_week_min_emails)}} then value
          when position = 1 then {{rule(next_week_min_emails)}}
        end
      ) over (partition by line order by week_start)
      when 2 then {{rule(healthy_open_rate)}}
      when 3 then {{rule(normal_reply_rate_lo)}}
      when 4 then {{rule(next_week_calls_lo)}}
      when 10 then {{rule(deal_rate_goal)}}
    end as target,
    {{rule(healthy_open_rate)}} as healthy_open_rate, {{rule(normal_reply_rate_lo)}} as normal_reply_rate_lo
  from changes
),
judged as (
  select
    *,
    case
      when value is null then 'no data'
      when position = 2 and value >= healthy_open_rate then 'healthy'
      when position = 2 then 'low'
      when position = 3 and value < normal_reply_rate_lo then 'below normal'
      when position = 3 and value > {{rule(normal_reply_rate_hi)}} then 'above normal'
      when position = 3 then 'normal'
      when target is not null and value >= target then 'goal met'
      when target is not null and state = 'complete' then 'below goal'
      else ''
    end as flag,
    case
      when unit = 'money' then floor(abs(value) + 0.5) when unit = 'minutes' then floor(value * 10 + 0.5) / 10 else value
    end as size
  from targets
),
worded as (
  select
    *,
    case when unit = 'rate' then {{percent_text(value)}} else {{number_text(size)}} end as words,
    case when share is null then {{number_text(value)}} else {{percent_text(share)}} end as measure_words,
    case when share_before is null then {{number_text(previous)}} else {{percent_text(share_before)}} end as before_words,
    case when position in (12, 14) and share is not null then ' of the mails sent' else '' end as of_words
  from judged
),
compared as (
  select
    *,
    case when abs(z) >= {{rule(week_chance_z)}} then 1 else 0 end as is_outside,
    case flag
      when 'low' then concat('below the healthy ', {{percent_text(healthy_open_rate)}})
      when 'below normal' then concat('below the normal ', {{percent_text(normal_reply_rate_lo)}})
      when 'below goal' then concat('below the goal of ',
        case when unit = 'rate' then {{percent_text(target)}} else {{number_text(target)}} end)
    end as shortfall
  from worded
),
advised as (
  select
    *,
    case
      when gap is null and shortfall is null then 'go on as planned.'
      when is_outside = 0 and shortfall is null then 'leave it as it is.'
      when is_outside = 0 or gap < 0 then case position
        when 1 then 'send the mails that are due.'
        when 2 then 'try another subject line.'
        when 3 then 'change what the last step asks for.'
        when 4 then 'call the warmest leads first.'
        when 5 then 'hold the calls that did not happen.'
        when 6 then 'go through the open proposals one by one.'
        when 9 then 'answer each reply with a time for a call.'
        when 10 then 'read the objections of the calls that were lost.'
        when 14 then 'put one clear link near the top.'
        else 'keep it so.' end
      else case position
        when 1 then 'answer the replies as fast as before.'
        when 2 then 'keep this subject line.'
        when 3 then 'keep this message, and use it on the next list.'
        when 4 then 'see that each of them has a caller.'
        when 5 then 'follow up on each of them.'
        when 6 then 'ask these buyers what decided it.'
        when 9 then 'keep offering a time in the answer.'
        when 10 then 'write down what these calls had in common.'
        when 12 then 'check the addresses before the next send.'
        when 13 then 'read why they failed before the next send.'
        when 14 then 'keep this link and this offer.'
        else 'keep it so.' end
    end as advice
  from compared
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
    when position = 16 then concat(words, ' min')
    when position = 17 then concat(case when value < 0 then '−' else '' end, words,
      case when currency = 'unknown' then '' else concat(' ', currency) end)
    else words
  end as value_text,
  numerator, denominator,
  case when unit = 'rate' then {{rate_lo(numerator, denominator)}} end as value_lo,
  case when unit = 'rate' then {{rate_hi(numerator, denominator)}} end as value_hi,
  previous, case when state = 'complete' then value - previous end as change, target, flag,
  case when change_rank <= 3 and state = 'complete' then concat(line,
    case
      when gap is null then concat(' was ', measure_words, of_words, '. The week before has nothing to compare it with')
      when gap = 0 then concat(' stayed at ', measure_words, of_words)
      else concat(case when gap > 0 then ' rose' else ' fell' end, ' from ', before_words, ' to ', measure_words, of_words,
        case when is_outside = 1 then '. That is outside chance' else '. That may be chance' end)
    end,
    case
      when shortfall is null then '' when gap = 0 then concat(', ', shortfall)
      when is_outside = 1 then concat(' and ', shortfall) else concat(', but it is ', shortfall)
    end,
    ': ', advice) end as sentence,
  currency, numerator_human, case when change_rank <= 3 and state = 'complete' then change_rank end as sentence_no
from advised
