-- Grain: ISO week × line of the weekly summary, in its order (R10): value, numerator, denominator and target. Revenue stands once per
-- currency, the house's first; a line's place in the summary is its position. Emails are aimed at the mean of the last four weeks that
-- are over, so that one weak week does not lower the bar (R10a).
-- Home of R10a.
with weeks as (
  select
    int_weeks.week_start, iso_week, state, coalesce(sent, 0) as sent, coalesce(send_days, 0) as send_days,
    coalesce(delivered, 0) as delivered, coalesce(bounced, 0) as bounced, coalesce(failed, 0) as failed,
    coalesce(opened, 0) as opened, coalesce(opened_human, 0) as opened_human, coalesce(clicked, 0) as clicked,
    coalesce(clicked_human, 0) as clicked_human, coalesce(replied, 0) as replied, coalesce(repliers, 0) as repliers, coalesce(booked_after, 0) as booked_after,
    scheduled, pending, completed, talk_s, completed_won, deals, top_channel, top_purchases, danger
  from int_weeks
  join int_weekly_calls on int_weekly_calls.week_start = int_weeks.week_start
  join int_weekly_sales on int_weekly_sales.week_start = int_weeks.week_start
  left join int_weekly_mail on int_weekly_mail.week_start = int_weeks.week_start
),
paced as (
  select *, cast(ceil(cast(sum(sent) over recent as float64) / count(*) over recent) as int64) as pace
  from weeks
  window recent as (order by week_start rows between 3 preceding and current row)
),
planned as (
  select
    *, case when pace > {{rule(next_week_min_emails)}} then pace else {{rule(next_week_min_emails)}} end as plan
  from paced
),
aimed as (
  select *, lag(plan) over (order by week_start) as sent_target
  from planned
),
ahead as (
  select
    *, case when state = 'complete' then plan else coalesce(sent_target, {{rule(next_week_min_emails)}}) end as next_target
  from aimed
),
sending as (
  select 1 as position, 'Emails Sent' as line, 'count' as unit union all
  select 2, 'Email Open Rate', 'rate' union all
  select 3, 'Email Reply Rate', 'rate' union all
  select 4, 'Calls Scheduled', 'count' union all
  select 5, 'Calls Completed', 'count'
),
closing as (
  select 6 as position, 'Deals Closed' as line, 'count' as unit union all
  select 7, 'Next Week Target', 'count' union all
  select 8, 'Email Send Rate', 'count' union all
  select 9, 'Call Conversion', 'rate' union all
  select 10, 'Deal Conversion', 'rate'
),
outcomes as (
  select 11 as position, 'Delivered' as line, 'count' as unit union all
  select 12, 'Bounced', 'count' union all
  select 13, 'Failed', 'count' union all
  select 14, 'Clicked', 'count' union all
  select 15, 'Calls Pending', 'count'
),
money as (
  select 16 as position, 'Average Call Minutes' as line, 'minutes' as unit union all
  select 18, 'Top Channel', 'text' union all
  select 19, 'Danger List', 'count'
),
lines as (
  select * from sending union all
  select * from closing union all
  select * from outcomes union all
  select * from money
),
counted as (
  select
    week_start, iso_week, state, position, line, unit, '' as currency,
    case position
      when 1 then sent when 2 then opened when 3 then replied when 4 then scheduled when 5 then completed when 6 then deals
      when 7 then next_target when 8 then sent
      when 9 then booked_after when 10 then completed_won when 11 then delivered when 12 then bounced when 13 then failed
      when 14 then clicked when 15 then pending when 16 then cast(talk_s as float64) / 60 when 18 then top_purchases
      when 19 then danger
    end as numerator,
    case
      when position in (2, 3, 11, 12, 14) then sent when position = 8 then send_days when position = 9 then repliers
      when position in (10, 16) then completed when position = 15 then scheduled
    end as denominator,
    case
      when position = 18 then coalesce(top_channel, 'none')
      when position = 7 then concat(cast(next_target as string), ' emails, ', cast({{rule(next_week_calls_lo)}} as string), '–', cast({{rule(next_week_calls_hi)}} as string), ' calls')
    end as note,
    case position when 2 then opened_human when 14 then clicked_human end as numerator_human,
    case position
      when 1 then sent_target when 2 then {{rule(healthy_open_rate)}} when 3 then {{rule(normal_reply_rate_lo)}}
      when 4 then {{rule(next_week_calls_lo)}} when 10 then {{rule(deal_rate_goal)}}
    end as target
  from ahead
  cross join lines
),
revenues as (
  select week_start, int_purchases.currency, sum(amount_minor) as amount
  from int_purchases
  join int_contacts on int_contacts.contact_id = int_purchases.contact_id
  join stg_calendar on stg_calendar.day = purchased_day
  group by week_start, int_purchases.currency
),
known_currencies as (
  select currency from revenues
  union all
  select currency from int_house_currency
),
currencies as (
  select distinct currency from known_currencies where currency is not null
),
earned as (
  select
    int_weeks.week_start, int_weeks.iso_week, int_weeks.state, 17 as position,
    case when currencies.currency = int_house_currency.currency then 'Revenue'
      else concat('Revenue ', currencies.currency) end as line,
    'money' as unit, currencies.currency, coalesce(amount, 0) as numerator, cast(null as int64) as denominator,
    currencies.currency as note, cast(null as int64) as numerator_human, cast(null as float64) as target
  from int_weeks
  cross join currencies
  cross join int_house_currency
  left join revenues on revenues.week_start = int_weeks.week_start and revenues.currency = currencies.currency
)
select * from counted
union all
select * from earned
