-- Check: what a line of the week counts is what its days add up to. Failed mail stands on the day
-- of its making in both. The lines are read before weekly_summary says them in words, whose long
-- expressions D1 would not take inside a sum.
with lines as (
  select week_start, line_key, numerator from int_weekly_lines
),
weeks as (
  select
    week_start,
    max(case when line_key = 'emails_sent' then numerator end) as emails_sent,
    max(case when line_key = 'delivered' then numerator end) as delivered,
    max(case when line_key = 'bounced' then numerator end) as bounced,
    max(case when line_key = 'failed' then numerator end) as failed,
    max(case when line_key = 'email_open_rate' then numerator end) as opened,
    max(case when line_key = 'email_reply_rate' then numerator end) as replied,
    max(case when line_key = 'clicked' then numerator end) as clicked,
    max(case when line_key = 'calls_scheduled' then numerator end) as calls_booked,
    max(case when line_key = 'calls_completed' then numerator end) as calls_completed,
    max(case when line_key = 'revenue' then numerator end) as revenue
  from lines
  group by week_start
),
days as (
  select
    week_start,
    sum(emails_sent) as emails_sent,
    sum(delivered) as delivered,
    sum(bounced) as bounced,
    sum(failed) as failed,
    sum(opened) as opened, sum(replied) as replied, sum(clicked) as clicked,
    sum(calls_booked) as calls_booked,
    sum(calls_completed) as calls_completed,
    sum(revenue) as revenue
  from daily
  join stg_calendar on stg_calendar.day = daily.day
  group by week_start
)
select
  weeks.week_start as check_key,
  weeks.emails_sent,
  days.emails_sent as emails_by_day,
  weeks.revenue,
  days.revenue as revenue_by_day,
  weeks.calls_booked,
  days.calls_booked as calls_by_day
from weeks
left join days on days.week_start = weeks.week_start
where weeks.emails_sent <> coalesce(days.emails_sent, 0)
  or weeks.delivered <> coalesce(days.delivered, 0)
  or weeks.bounced <> coalesce(days.bounced, 0)
  or weeks.failed <> coalesce(days.failed, 0)
  or weeks.opened <> coalesce(days.opened, 0)
  or weeks.replied <> coalesce(days.replied, 0)
  or weeks.clicked <> coalesce(days.clicked, 0)
  or weeks.calls_booked <> coalesce(days.calls_booked, 0)
  or weeks.calls_completed <> coalesce(days.calls_completed, 0)
  or weeks.revenue <> coalesce(days.revenue, 0)
