-- Grain: day of sending (of a message that was only held back: of making) × sending domain × group
-- of the recipient's domain. Seconds to deliver are of deliveries that the provider told of: one
-- that only an open implies took as long as the reader did.
with messages as (
  select
    coalesce(sent_day, created_day) as day,
    sending_domain,
    recipient_domain_group,
    sent_at,
    delivered_at,
    delayed_at,
    bounced_at,
    bounce_type,
    complained_at,
    suppressed_at,
    case
      when told_delivered_at is null or sent_at is null then null
      when told_delivered_at < sent_at then 0
      else told_delivered_at - sent_at
    end as deliver_ms
  from int_email_messages
  join int_contacts on int_contacts.contact_id = int_email_messages.contact_id
  where sent_at is not null or suppressed_at is not null
),
ordered as (
  select
    *,
    cume_dist() over (
      partition by
        day, sending_domain, recipient_domain_group, case when deliver_ms is null then 0 else 1 end
      order by deliver_ms
    ) as portion
  from messages
),
counted as (
  select
    day, sending_domain, recipient_domain_group,
    sum(case when sent_at is not null then 1 else 0 end) as sent,
    sum(case when delivered_at is not null then 1 else 0 end) as delivered,
    sum(case when delayed_at is not null then 1 else 0 end) as delayed,
    sum(case when bounced_at is not null then 1 else 0 end) as bounced,
    sum(case when bounce_type = 'hard' then 1 else 0 end) as hard_bounced,
    sum(case when bounce_type = 'soft' then 1 else 0 end) as soft_bounced,
    sum(case when complained_at is not null then 1 else 0 end) as complained,
    sum(case when suppressed_at is not null then 1 else 0 end) as suppressed,
    {{percentile(0.5, deliver_ms, portion)}} as p50_ms,
    {{percentile(0.95, deliver_ms, portion)}} as p95_ms
  from ordered
  group by day, sending_domain, recipient_domain_group
)
select
  day,
  sending_domain,
  recipient_domain_group,
  sent,
  delivered,
  {{rate_columns(delivered_rate_sent, delivered, sent)}},
  delayed,
  hard_bounced,
  {{rate_columns(hard_bounce_rate_sent, hard_bounced, sent)}},
  soft_bounced,
  complained,
  {{rate_columns(complaint_rate_delivered, complained, delivered)}},
  suppressed,
  p50_ms / 1000.0 as p50_seconds_to_deliver,
  p95_ms / 1000.0 as p95_seconds_to_deliver,
  bounced,
  case when sent < {{rule(min_leads)}} then 1 else 0 end as below_threshold
from counted
