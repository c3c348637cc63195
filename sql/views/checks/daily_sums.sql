-- Check: every additive column of daily sums to the facts that are published beside it. The row
-- states each difference.
with days as (
  select
    coalesce(sum(leads_added), 0) as leads_added,
    coalesce(sum(emails_sent), 0) as emails_sent,
    coalesce(sum(delivered), 0) as delivered,
    coalesce(sum(failed), 0) as failed,
    coalesce(sum(bounced), 0) as bounced,
    coalesce(sum(opened), 0) as opened,
    coalesce(sum(opened_human), 0) as opened_human,
    coalesce(sum(clicked), 0) as clicked,
    coalesce(sum(clicked_human), 0) as clicked_human,
    coalesce(sum(replied), 0) as replied,
    coalesce(sum(calls_booked), 0) as calls_booked,
    coalesce(sum(dials), 0) as dials,
    coalesce(sum(connected), 0) as connected,
    coalesce(sum(calls_completed), 0) as calls_completed,
    coalesce(sum(first_purchases), 0) as first_purchases,
    coalesce(sum(purchases), 0) as purchases,
    coalesce(sum(revenue), 0) as revenue,
    coalesce(sum(other_currency_purchases), 0) as other_currency_purchases,
    coalesce(sum(talk_minutes), 0) as talk_minutes
  from daily
),
leads as (
  select count(*) as leads_added from int_contacts
),
mail as (
  select
    coalesce(sum(case when sent_at is not null then 1 else 0 end), 0) as emails_sent,
    count(failed_at) as failed,
    coalesce(sum(case when delivered_at is not null then 1 else 0 end), 0) as delivered,
    coalesce(sum(case when bounced_at is not null then 1 else 0 end), 0) as bounced,
    coalesce(sum(case when opened_at is not null then 1 else 0 end), 0) as opened,
    coalesce(sum(case when opened_human_at is not null then 1 else 0 end), 0) as opened_human,
    coalesce(sum(case when clicked_at is not null then 1 else 0 end), 0) as clicked,
    coalesce(sum(case when clicked_human_at is not null then 1 else 0 end), 0) as clicked_human,
    coalesce(sum(case when replied_at is not null and sent_at is not null then 1 else 0 end), 0)
      as replied
  from fct_email_message
),
attempts as (
  select
    count(*) as dials, coalesce(sum(is_connected), 0) as connected,
    coalesce(sum(case when is_connected = 1 then duration_seconds else 0 end), 0) as talk_s
  from fct_call_attempt
),
bookings as (
  select count(*) as calls_booked
  from int_bookings
  join int_contacts on int_contacts.contact_id = int_bookings.contact_id
),
completed_calls as (
  select count(*) as calls_completed
  from int_completed_calls
  join int_contacts on int_contacts.contact_id = int_completed_calls.contact_id
),
sales as (
  select
    coalesce(sum(is_first_purchase), 0) as first_purchases,
    coalesce(sum(case when kind = 'refund' then 0 else 1 end), 0) as purchases,
    coalesce(sum(case when fct_purchase.currency = house.currency then amount else 0 end), 0)
      as revenue,
    coalesce(sum(
      case when kind <> 'refund' and fct_purchase.currency <> house.currency then 1 else 0 end
    ), 0)
      as other_currency_purchases
  from fct_purchase
  cross join int_house_currency as house
),
differences as (
  select
    days.leads_added - leads.leads_added as leads_added,
    days.emails_sent - mail.emails_sent as emails_sent,
    days.delivered - mail.delivered as delivered, days.failed - mail.failed as failed,
    days.bounced - mail.bounced as bounced, days.opened - mail.opened as opened,
    days.opened_human - mail.opened_human as opened_human, days.clicked - mail.clicked as clicked,
    days.clicked_human - mail.clicked_human as clicked_human,
    days.replied - mail.replied as replied,
    days.calls_booked - bookings.calls_booked as calls_booked, days.dials - attempts.dials as dials,
    days.connected - attempts.connected as connected,
    days.calls_completed - completed_calls.calls_completed as calls_completed,
    days.first_purchases - sales.first_purchases as first_purchases,
    days.purchases - sales.purchases as purchases,
    days.revenue - sales.revenue as revenue,
    days.other_currency_purchases - sales.other_currency_purchases as other_currency_purchases,
    days.talk_minutes * 60 - attempts.talk_s as talk_s
  from days
  cross join leads
  cross join mail
  cross join attempts
  cross join bookings
  cross join completed_calls
  cross join sales
)
select
  'daily' as check_key,
  leads_added,
  emails_sent,
  delivered,
  failed,
  bounced,
  opened,
  opened_human,
  clicked,
  clicked_human,
  replied,
  calls_booked,
  dials,
  connected,
  calls_completed,
  first_purchases,
  purchases,
  revenue,
  other_currency_purchases,
  talk_s
from differences
-- Minutes are a division of whole seconds, so half a second apart is the same.
where abs(talk_s) > 0.5
  or abs(leads_added) +
    abs(emails_sent) +
    abs(delivered) +
    abs(failed) +
    abs(bounced) +
    abs(opened) +
    abs(opened_human) +
    abs(clicked) +
    abs(clicked_human) +
    abs(replied) +
    abs(calls_booked) +
    abs(dials) +
    abs(connected) +
    abs(calls_completed) +
    abs(first_purchases) + abs(purchases) + abs(revenue) + abs(other_currency_purchases) > 0
