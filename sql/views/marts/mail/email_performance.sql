-- Grain: campaign × sequence version × step × week of send (a failed message: of making). Rates
-- stand over sent and over delivered.
with messages as (
  select int_email_messages.*
  from int_email_messages
  join int_contacts on int_contacts.contact_id = int_email_messages.contact_id
  where sent_at is not null or failed_at is not null
),
counted as (
  select
    campaign_id as campaign, sequence_version, step_number, iso_week as week, week_start,
    min(case when email_type <> 'unknown' then email_type end) as told_type,
    sum(case when sent_at is not null then 1 else 0 end) as sent,
    sum(case when delivered_at is not null then 1 else 0 end) as delivered,
    count(failed_at) as failed,
    sum(case when opened_at is not null then 1 else 0 end) as opened,
    sum(case when opened_human_at is not null then 1 else 0 end) as opened_human,
    sum(case when clicked_at is not null then 1 else 0 end) as clicked,
    sum(case when clicked_human_at is not null then 1 else 0 end) as clicked_human,
    sum(case when replied_at is not null then 1 else 0 end) as replied,
    sum(case when bounced_at is not null then 1 else 0 end) as bounced,
    sum(case when complained_at is not null then 1 else 0 end) as complained,
    sum(case when unsubscribed_at is not null then 1 else 0 end) as unsubscribed
  from messages
  join stg_calendar on stg_calendar.day = coalesce(messages.sent_day, messages.created_day)
  group by campaign_id, sequence_version, step_number, iso_week, week_start
)
select
  campaign,
  counted.sequence_version,
  counted.step_number,
  week,
  week_start,
  coalesce(steps.email_type, told_type, 'unknown') as email_type,
  sent,
  delivered,
  failed,
  opened,
  opened_human,
  clicked,
  clicked_human,
  replied,
  bounced,
  complained,
  unsubscribed,
  {{rate_columns(delivered_rate_sent, delivered, sent)}},
  {{rate_columns(open_rate_sent, opened, sent)}},
  {{rate_columns(human_open_rate_sent, opened_human, sent)}},
  {{rate_columns(click_rate_sent, clicked, sent)}},
  {{rate_columns(human_click_rate_sent, clicked_human, sent)}},
  {{rate_columns(reply_rate_sent, replied, sent)}},
  {{rate_columns(bounce_rate_sent, bounced, sent)}},
  {{rate_columns(open_rate_delivered, opened, delivered)}},
  {{rate_columns(human_open_rate_delivered, opened_human, delivered)}},
  {{rate_columns(click_rate_delivered, clicked, delivered)}},
  {{rate_columns(human_click_rate_delivered, clicked_human, delivered)}},
  {{rate_columns(reply_rate_delivered, replied, delivered)}},
  {{rate_columns(complaint_rate_delivered, complained, delivered)}},
  case when sent < {{rule(min_leads)}} then 1 else 0 end as below_threshold
from counted
left join stg_sequence_steps as steps
  on steps.campaign_id = counted.campaign
  and steps.sequence_version = counted.sequence_version
  and steps.step_number = counted.step_number
