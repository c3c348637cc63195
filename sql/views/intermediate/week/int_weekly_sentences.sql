-- Grain: complete ISO week × line that tells it: what changed, how it stands to its target, and
-- what to do (R10a). That changes may be chance is said once, by the last sentence of those that
-- may be.
with sized as (
  select *, floor(abs(value) + 0.5) as size, floor(abs(previous) + 0.5) as size_before
  from int_weekly_changes
  where story_rank <= 3 and state = 'complete'
),
worded as (
  select
    sized.*,
    subject,
    opening,
    advice_for_rise,
    advice_for_fall,
    case when gap <> 0 and abs(z) < {{rule(week_chance_z)}} then 1 else 0 end as may_be_chance,
    case when abs(z) >= {{rule(week_chance_z)}} then 1 else 0 end as is_outside,
    case
      when share is null then {{number_text(size)}}
      else {{percent_text(share)}}
    end as figure_words,
    case
      when share_before is null then {{number_text(size_before)}}
      else {{percent_text(share_before)}}
    end as before_words,
    case
      when sized.unit = 'money' and currency <> 'unknown' then concat(' ', currency)
      when sized.unit = 'count' and share is not null then ' of the emails sent'
      else ''
    end as unit_words,
    case
      when standing = 'low' then concat('below the healthy ', {{percent_text(sized.target)}})
      when standing = 'below normal'
        then concat('below the normal ', {{percent_text(sized.target)}})
      when standing = 'below goal' and sized.unit = 'rate'
        then concat('below the goal of ', {{percent_text(sized.target)}})
      when standing = 'below goal'
        then concat('below the target of ', {{number_text(sized.target)}})
    end as shortfall
  from sized
  join int_week_lines on int_week_lines.line_key = sized.line_key
),
figured as (
  select
    *,
    concat(
      case when value < 0 then '−' else '' end,
      figure_words,
      case when is_small = 1 then {{count_text(numerator, denominator)}} else '' end,
      unit_words
    ) as value_words,
    concat(
      case when previous < 0 then '−' else '' end,
      before_words,
      case
        when is_small_before = 1 then {{count_text(numerator_before, denominator_before)}}
        else ''
      end
    ) as previous_words
  from worded
),
ordered as (
  select
    *,
    sum(may_be_chance) over (partition by week_start) as chances,
    max(case when may_be_chance = 1 then story_rank end) over (partition by week_start)
      as last_chance_rank,
    min(case when may_be_chance = 1 then story_rank end) over (partition by week_start)
      as first_chance_rank
  from figured
),
chanced as (
  select
    *,
    max(case when story_rank = first_chance_rank then subject end) over (partition by week_start)
      as first_subject,
    case when story_rank = last_chance_rank then 1 else 0 end as says_chance
  from ordered
),
phrased as (
  select
    week_start,
    line,
    story_rank,
    shortfall,
    says_chance,
    concat(opening, case
      when gap is null
        then concat(' came to ', value_words, ' (no figure for the week before)')
      when gap = 0 then concat(' stayed at ', value_words)
      when gap > 0 then concat(' rose from ', previous_words, ' to ', value_words)
      else concat(' fell from ', previous_words, ' to ', value_words)
    end) as change_words,
    case
      when is_outside = 1 and shortfall is not null
        then concat(', more than chance would explain and ', shortfall)
      when is_outside = 1 then ', more than chance would explain'
      when says_chance = 0 and shortfall is not null and gap > 0
        then concat(', still ', shortfall)
      when says_chance = 0 and shortfall is not null then concat(', ', shortfall)
      when line_key = 'emails_sent' and target is not null and standing = 'goal met'
        then concat(', and so met the target of ', {{number_text(target)}})
      else ''
    end as standing_words,
    case
      when chances = 1 then 'This may be chance'
      when chances = 2 then concat('Like the change in ', first_subject, ', this may be chance')
      else 'Like the two changes above, this may be chance'
    end as chance_words,
    case
      when shortfall is not null then advice_for_fall
      when gap is null or gap = 0 or may_be_chance = 1 then ''
      when gap < 0 then advice_for_fall
      else advice_for_rise
    end as advice
  from chanced
)
select
  week_start,
  line,
  story_rank,
  concat(change_words, standing_words, case
    when says_chance = 1 and shortfall is not null
      then concat('. ', chance_words, ', but it is ', shortfall, '. ')
    when says_chance = 1
      then concat('. ', chance_words, ': wait another week before you act on it.')
    when advice = '' then '.'
    else '. '
  end, advice) as sentence
from phrased
