-- Check: every additive column of daily sums to the facts that are published beside it. The row
-- states each difference.
with days as (
  select *, talk_minutes * 60 as talk_s from daily
),
published as (
  select {{sums(daily)}} from days
),
leads as (
  select {{measures(daily, -count(*) as leads_added)}} from int_contacts
),
mail as (
  select
    {{measures(
      daily,
      -count(sent_at) as emails_sent,
      -count(delivered_at) as delivered,
      -count(failed_at) as failed,
      -count(bounced_at) as bounced,
      -count(opened_at) as opened,
      -count(opened_human_at) as opened_human,
      -count(clicked_at) as clicked,
      -count(clicked_human_at) as clicked_human,
      -count(case when sent_at is not null then replied_at end) as replied
    )}}
  from fct_email_message
),
attempts as (
  select
    {{measures(
      daily,
      -count(*) as dials,
      -sum(is_connected) as connected,
      -sum(case when is_connected = 1 then duration_seconds end) as talk_s
    )}}
  from fct_call_attempt
),
bookings as (
  select {{measures(daily, -count(*) as calls_booked)}}
  from int_bookings
  join int_contacts on int_contacts.contact_id = int_bookings.contact_id
),
completed_calls as (
  select {{measures(daily, -count(*) as calls_completed)}}
  from int_completed_calls
  join int_contacts on int_contacts.contact_id = int_completed_calls.contact_id
),
sales as (
  select
    {{measures(
      daily,
      -sum(is_first_purchase) as first_purchases,
      -count(case when kind <> 'refund' then 1 end) as purchases,
      -sum(case when fct_purchase.currency = house.currency then amount end) as revenue,
      -count(case when kind <> 'refund' and fct_purchase.currency <> house.currency then 1 end)
        as other_currency_purchases
    )}}
  from fct_purchase
  cross join int_house_currency as house
),
calls as (
  select * from attempts
  union all
  select * from bookings
  union all
  select * from completed_calls
),
both_sides as (
  select * from published
  union all
  select * from leads
  union all
  select * from mail
  union all
  select * from calls
  union all
  select * from sales
),
differences as (
  select {{sums(daily)}} from both_sides
)
select 'daily' as check_key, differences.*
from differences
-- Minutes are a division of whole seconds, so half a second apart is the same.
where abs(talk_s) > 0.5
  or abs(leads_added) + abs(emails_sent) + abs(delivered) + abs(failed) + abs(bounced) > 0
  or abs(opened) + abs(opened_human) + abs(clicked) + abs(clicked_human) + abs(replied) > 0
  or abs(calls_booked) + abs(dials) + abs(connected) + abs(calls_completed) > 0
  or abs(first_purchases) + abs(purchases) + abs(revenue) + abs(other_currency_purchases) > 0
