-- Law: the days of deliverability count the messages that are published one by one, and no part of them is greater than the whole.
with days as (
  select
    coalesce(sum(sent), 0) as sent, coalesce(sum(delivered), 0) as delivered, coalesce(sum(bounced), 0) as bounced,
    coalesce(sum(complained), 0) as complained,
    coalesce(sum(case when delivered > sent or hard_bounced + soft_bounced > bounced or bounced > sent then 1 else 0 end), 0)
      as uneven
  from deliverability
),
messages as (
  select count(sent_at) as sent, count(delivered_at) as delivered, count(bounced_at) as bounced, count(complained_at) as complained
  from fct_email_message
)
select 'mail' as check_key, days.sent as published, messages.sent as expected, uneven
from days
cross join messages
where days.sent <> messages.sent
  or days.delivered <> messages.delivered
  or days.bounced <> messages.bounced
  or days.complained <> messages.complained
  or uneven > 0
