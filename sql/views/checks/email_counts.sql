-- Law: what was sent is the same in every table, and clicked ≤ opened ≤ delivered ≤ sent in every row.
with performance as (
  select
    sum(sent) as sent, sum(delivered) as delivered, sum(opened) as opened, sum(clicked) as clicked,
    sum(case when clicked > opened or opened > delivered or delivered > sent then 1 else 0 end) as rising
  from email_performance
),
days as (
  select sum(emails_sent) as sent from daily
),
messages as (
  select count(sent_at) as sent from fct_email_message
)
select 'mail' as check_key, performance.sent, delivered, opened, clicked, rising
from performance
cross join days
cross join messages
where coalesce(performance.sent, 0) <> coalesce(days.sent, 0)
  or coalesce(performance.sent, 0) <> messages.sent
  or rising > 0
