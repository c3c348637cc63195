-- Check: the days of deliverability count the messages that are published one by one, and no part
-- of them is greater than the whole.
with days as (
  select
    coalesce(sum(sent), 0) as sent,
    coalesce(sum(delivered), 0) as delivered,
    coalesce(sum(bounced), 0) as bounced,
    coalesce(sum(complained), 0) as complained,
    coalesce(sum(delayed), 0) as delayed,
    coalesce(sum(suppressed), 0) as suppressed,
    coalesce(sum(case
      when delivered > sent or hard_bounced + soft_bounced > bounced or bounced > sent then 1
      else 0
    end), 0)
      as uneven
  from deliverability
),
messages as (
  select
    count(sent_at) as sent,
    count(delivered_at) as delivered,
    count(bounced_at) as bounced,
    count(complained_at) as complained,
    count(suppressed_at) as suppressed,
    count(case when sent_at is not null or suppressed_at is not null then delayed_at end) as delayed
  from fct_email_message
)
select 'mail' as check_key, days.sent as published, messages.sent as expected, uneven
from days
cross join messages
where days.sent <> messages.sent
  or days.delivered <> messages.delivered
  or days.bounced <> messages.bounced
  or days.complained <> messages.complained
  or days.delayed <> messages.delayed
  or days.suppressed <> messages.suppressed
  or uneven > 0
