-- Grain: ISO week of sending: its messages and what came of them by as_of, and who replied and
-- booked after it (R10, R10a).
with messages as (
  select
    int_email_messages.*,
    week_start,
    case when is_business_day = 1 then sent_day end as send_day
  from int_email_messages
  join int_contacts on int_contacts.contact_id = int_email_messages.contact_id
  join stg_calendar on stg_calendar.day = coalesce(sent_day, int_email_messages.created_day)
  where sent_at is not null or failed_at is not null
),
counted as (
  select
    week_start,
    count(sent_at) as sent,
    count(distinct send_day) as send_days,
    count(delivered_at) as delivered,
    count(bounced_at) as bounced,
    count(failed_at) as failed,
    count(opened_at) as opened,
    count(opened_human_at) as opened_human,
    count(clicked_at) as clicked,
    count(clicked_human_at) as clicked_human,
    count(replied_at) as replied
  from messages
  group by week_start
),
bookings as (
  select contact_id, max(booked_at) as last_booked_at
  from int_bookings
  group by contact_id
),
answers as (
  select contact_id, week_start, min(replied_at) as answered_at
  from messages
  where replied_at is not null
  group by contact_id, week_start
),
answered as (
  select
    week_start,
    count(*) as repliers,
    sum(case when last_booked_at > answered_at then 1 else 0 end) as booked_after
  from answers
  left join bookings on bookings.contact_id = answers.contact_id
  group by week_start
)
select
  counted.week_start,
  sent,
  send_days,
  delivered,
  bounced,
  failed,
  opened,
  opened_human,
  clicked,
  clicked_human,
  replied,
  coalesce(repliers, 0) as repliers,
  coalesce(booked_after, 0) as booked_after
from counted
left join answered on answered.week_start = counted.week_start
