-- Law: what was sent is the same in every table, and clicked ≤ opened ≤ delivered ≤ sent.
with performance as (
  select sum(sent) as sent, sum(delivered) as delivered, sum(opened) as opened, sum(clicked) as clicked
  from email_performance
),
days as (
  select sum(emails_sent) as sent from daily
),
messages as (
  select count(sent_at) as sent from fct_email_message
)
select 'mail' as check_key, performance.sent, delivered, opened, clicked
from performance
cross join days
cross join messages
where coalesce(performance.sent, 0) <> coalesce(days.sent, 0)
  or coalesce(performance.sent, 0) <> messages.sent
  or clicked > opened or opened > delivered or delivered > performance.sent
