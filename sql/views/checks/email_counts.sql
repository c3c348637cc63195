-- Check: what was sent, and what became of it, is the same in every table, and clicked ≤ opened ≤
-- delivered ≤ sent in every row.
with performance as (
  select
    coalesce(sum(sent), 0) as sent,
    coalesce(sum(delivered), 0) as delivered,
    coalesce(sum(failed), 0) as failed,
    coalesce(sum(opened), 0) as opened,
    coalesce(sum(opened_human), 0) as opened_human,
    coalesce(sum(clicked), 0) as clicked,
    coalesce(sum(clicked_human), 0) as clicked_human,
    coalesce(sum(replied), 0) as replied,
    coalesce(sum(bounced), 0) as bounced,
    coalesce(sum(complained), 0) as complained,
    coalesce(sum(unsubscribed), 0) as unsubscribed,
    coalesce(sum(
      case when clicked > opened or opened > delivered or delivered > sent then 1 else 0 end
    ), 0) as rising
  from email_performance
),
days as (
  select
    coalesce(sum(emails_sent), 0) as sent,
    coalesce(sum(
      case when clicked > opened or opened > delivered or delivered > emails_sent then 1 else 0 end
    ), 0) as rising
  from daily
),
messages as (
  select
    count(sent_at) as sent,
    count(delivered_at) as delivered,
    count(failed_at) as failed,
    count(opened_at) as opened,
    count(opened_human_at) as opened_human,
    count(clicked_at) as clicked,
    count(clicked_human_at) as clicked_human,
    count(case when sent_at is not null then replied_at end) as replied,
    count(bounced_at) as bounced,
    count(complained_at) as complained,
    count(unsubscribed_at) as unsubscribed
  from fct_email_message
),
differences as (
  select
    performance.sent,
    messages.sent as messages_sent,
    days.sent as days_sent,
    performance.rising + days.rising as rising,
    abs(performance.delivered - messages.delivered) + abs(performance.failed - messages.failed) +
      abs(performance.opened - messages.opened) +
      abs(performance.opened_human - messages.opened_human) +
      abs(performance.clicked - messages.clicked) +
      abs(performance.clicked_human - messages.clicked_human) as seen_otherwise,
    abs(performance.replied - messages.replied) + abs(performance.bounced - messages.bounced) +
      abs(performance.complained - messages.complained) +
      abs(performance.unsubscribed - messages.unsubscribed)
      as answered_otherwise
  from performance
  cross join days
  cross join messages
)
select
  'mail' as check_key, sent, messages_sent, days_sent, seen_otherwise, answered_otherwise, rising
from differences
where sent <> days_sent or sent <> messages_sent or seen_otherwise + answered_otherwise + rising > 0
