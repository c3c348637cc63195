-- Grain: ISO week × line of the weekly summary (R10): its numerator, denominator and target.
-- Revenue has a line per currency. Emails are aimed at the mean of the last four weeks that are
-- over, so that one weak week does not lower the bar (R10a).
-- Home of R10a.
with weeks as (
  select
    int_weeks.week_start,
    iso_week,
    state,
    coalesce(sent, 0) as sent,
    coalesce(send_days, 0) as send_days,
    coalesce(delivered, 0) as delivered,
    coalesce(bounced, 0) as bounced,
    coalesce(failed, 0) as failed,
    coalesce(opened, 0) as opened,
    coalesce(opened_human, 0) as opened_human,
    coalesce(clicked, 0) as clicked,
    coalesce(clicked_human, 0) as clicked_human,
    coalesce(replied, 0) as replied,
    coalesce(repliers, 0) as repliers,
    coalesce(booked_after, 0) as booked_after,
    scheduled,
    pending,
    completed,
    talk_s,
    completed_won,
    deals,
    top_channel,
    top_purchases,
    danger
  from int_weeks
  left join int_weekly_mail on int_weekly_mail.week_start = int_weeks.week_start
  join int_weekly_calls on int_weekly_calls.week_start = int_weeks.week_start
  join int_weekly_sales on int_weekly_sales.week_start = int_weeks.week_start
),
paced as (
  select
    *,
    cast(ceil(cast(sum(sent) over recent as float64) / count(*) over recent) as int64) as pace
  from weeks
  window recent as (order by week_start rows between 3 preceding and current row)
),
planned as (
  select
    *,
    case
      when pace > {{rule(next_week_min_emails)}} then pace
      else {{rule(next_week_min_emails)}}
    end as plan
  from paced
),
aimed as (
  select *, lag(plan) over (order by week_start) as sent_target
  from planned
),
ahead as (
  select
    *,
    case
      when state = 'complete' then plan
      else coalesce(sent_target, {{rule(next_week_min_emails)}})
    end as next_target
  from aimed
),
lines as (
  select line_key, position, line, unit, is_mean, topic, test, target
  from int_week_lines
),
counted as (
  select
    week_start,
    iso_week,
    state,
    line_key,
    position,
    line,
    unit,
    is_mean,
    topic,
    test,
    '' as currency,
    case line_key
      when 'emails_sent' then sent
      when 'email_open_rate' then opened
      when 'email_reply_rate' then replied
      when 'calls_scheduled' then scheduled
      when 'calls_completed' then completed
      when 'deals_closed' then deals
      when 'next_week_target' then next_target
      when 'email_send_rate' then sent
      when 'call_conversion' then booked_after
      when 'deal_conversion' then completed_won
      when 'delivered' then delivered
      when 'bounced' then bounced
      when 'failed' then failed
      when 'clicked' then clicked
      when 'calls_pending' then pending
      when 'average_call_minutes' then cast(talk_s as float64) / 60
      when 'top_channel' then top_purchases
      when 'danger_list' then danger
    end as numerator,
    case
      when line_key in ('email_open_rate', 'email_reply_rate') then sent
      when line_key in ('delivered', 'bounced', 'clicked') then sent
      when line_key in ('deal_conversion', 'average_call_minutes') then completed
      when line_key = 'email_send_rate' then send_days
      when line_key = 'call_conversion' then repliers
      when line_key = 'calls_pending' then scheduled
    end as denominator,
    case line_key
      when 'email_open_rate' then opened_human
      when 'clicked' then clicked_human
    end as numerator_human,
    case line_key
      when 'top_channel' then coalesce(top_channel, 'none')
      when 'next_week_target'
        then concat(
          cast(next_target as string), ' emails, ',
          cast({{rule(next_week_calls_lo)}} as string), '–',
          cast({{rule(next_week_calls_hi)}} as string), ' calls'
        )
    end as words,
    case when line_key = 'emails_sent' then sent_target else target end as target
  from ahead
  cross join lines
  where unit <> 'money'
),
revenues as (
  select week_start, int_purchases.currency, sum(amount_minor) as amount
  from int_purchases
  join int_contacts on int_contacts.contact_id = int_purchases.contact_id
  join stg_calendar on stg_calendar.day = purchased_day
  group by week_start, int_purchases.currency
),
seen_currencies as (
  select currency from revenues
  union all
  select currency from int_house_currency
),
currencies as (
  select distinct
    seen_currencies.currency,
    case when seen_currencies.currency = house.currency then 1 else 0 end as is_house_currency
  from seen_currencies
  cross join int_house_currency as house
  where seen_currencies.currency is not null
),
earned as (
  select
    int_weeks.week_start,
    int_weeks.iso_week,
    int_weeks.state,
    case when is_house_currency = 1 then line_key else 'other_revenue' end as line_key,
    position,
    case
      when is_house_currency = 1 then line
      else concat(line, ' ', currencies.currency)
    end as line,
    unit,
    is_mean,
    case when is_house_currency = 1 then topic else '' end as topic,
    test,
    currencies.currency,
    coalesce(amount, 0) as numerator,
    cast(null as int64) as denominator,
    cast(null as int64) as numerator_human,
    cast(null as string) as words,
    target
  from int_weeks
  cross join currencies
  cross join lines
  left join revenues
    on revenues.week_start = int_weeks.week_start
    and revenues.currency = currencies.currency
  where unit = 'money'
)
select * from counted
union all
select * from earned
