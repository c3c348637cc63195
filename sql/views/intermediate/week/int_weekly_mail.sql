-- Grain: ISO week of send: its messages and what came of them by as_of, and who replied and booked after it (R10, R10a).
with messages as (
  select int_email_messages.*, week_start
  from int_email_messages
  join int_contacts on int_contacts.contact_id = int_email_messages.contact_id
  join stg_calendar on stg_calendar.day = coalesce(sent_day, int_email_messages.created_day)
  where sent_at is not null or failed_at is not null
),
counted as (
  select
    messages.week_start,
    sum(case when sent_at is not null then 1 else 0 end) as sent,
    count(distinct case when sent_at is not null and is_business_day = 1 then sent_day end) as send_days,
    sum(case when delivered_at is not null then 1 else 0 end) as delivered,
    sum(case when bounced_at is not null then 1 else 0 end) as bounced,
    count(failed_at) as failed,
    sum(case when opened_at is not null then 1 else 0 end) as opened,
    sum(case when opened_human_at is not null then 1 else 0 end) as opened_human,
    sum(case when clicked_at is not null then 1 else 0 end) as clicked,
    sum(case when clicked_human_at is not null then 1 else 0 end) as clicked_human,
    sum(case when replied_at is not null then 1 else 0 end) as replied
  from messages
  join stg_calendar as days on days.day = coalesce(sent_day, messages.created_day)
  group by messages.week_start
),
bookings as (
  select contact_id, max(booked_at) as last_booked_at
  from int_bookings
  group by contact_id
),
repliers as (
  select contact_id, week_start, min(replied_at) as replied_at
  from messages
  where replied_at is not null
  group by contact_id, week_start
),
answered as (
  select
    week_start, count(*) as repliers, sum(case when last_booked_at > replied_at then 1 else 0 end) as booked_after
  from repliers
  left join bookings on bookings.contact_id = repliers.contact_id
  group by week_start
)
select
  counted.week_start, sent, send_days, delivered, bounced, failed, opened, opened_human, clicked, clicked_human, replied,
  coalesce(repliers, 0) as repliers, coalesce(booked_after, 0) as booked_after
from counted
left join answered on answered.week_start = counted.week_start
