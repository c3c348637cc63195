-- Grain: ISO week: the top channel (most first purchases; ties: replies, then name) and the size of
-- the danger list at the week's end (R10a). A lead is in danger from the attempt that R4 asks for
-- until it is reached, but not while it has a purchase that stands: one given back later stood
-- until then.
with contacts as (
  select contact_id, channel from int_contacts
),
sales as (
  select week_start, channel, sum(is_first_purchase) as first_purchases
  from int_purchases
  join contacts on contacts.contact_id = int_purchases.contact_id
  join stg_calendar on stg_calendar.day = purchased_day
  group by week_start, channel
),
answers as (
  select week_start, channel, count(*) as replies
  from int_email_messages
  join contacts on contacts.contact_id = int_email_messages.contact_id
  join stg_calendar on stg_calendar.day = sent_day
  where replied_at is not null
  group by week_start, channel
),
ranked as (
  select
    sales.week_start, sales.channel, first_purchases,
    row_number() over (
      partition by sales.week_start
      order by first_purchases desc, coalesce(replies, 0) desc, sales.channel
    ) as place
  from sales
  left join answers on answers.week_start = sales.week_start and answers.channel = sales.channel
),
tried as (
  select
    contact_id,
    min(case when attempt_no = {{rule(danger_min_attempts)}} then attempted_at end) as enough_at,
    min(case when is_connected = 1 then attempted_at end) as reached_at
  from int_call_attempts
  group by contact_id
),
refunds as (
  select
    contact_id, refund_of_key, purchased_at,
    -sum(amount_minor) over (
      partition by contact_id, refund_of_key
      order by purchased_at, purchase_key
      rows unbounded preceding
    ) as refunded_minor
  from stg_purchases
  where kind = 'refund'
),
paid as (
  select
    purchases.contact_id, purchases.purchase_key, purchases.purchased_at as paid_at,
    min(case when refunded_minor >= purchases.amount_minor then refunds.purchased_at end)
      as unpaid_at
  from stg_purchases as purchases
  left join refunds
    on refunds.contact_id = purchases.contact_id and refunds.refund_of_key = purchases.purchase_key
  where kind <> 'refund'
  group by purchases.contact_id, purchases.purchase_key, purchases.purchased_at
),
unreached as (
  select int_weeks.week_start, count(*) as leads
  from int_weeks
  join tried on enough_at < ends_at and (reached_at is null or reached_at >= ends_at)
  group by int_weeks.week_start
),
payers as (
  select int_weeks.week_start, count(distinct paid.contact_id) as leads
  from tried
  join paid on paid.contact_id = tried.contact_id
  join int_weeks
    on enough_at < ends_at
    and (reached_at is null or reached_at >= ends_at)
    and paid_at < ends_at
    and (unpaid_at is null or unpaid_at >= ends_at)
  group by int_weeks.week_start
),
endangered as (
  select unreached.week_start, unreached.leads - coalesce(payers.leads, 0) as danger
  from unreached
  left join payers on payers.week_start = unreached.week_start
)
select
  int_weeks.week_start, case when first_purchases > 0 then channel end as top_channel,
  coalesce(first_purchases, 0) as top_purchases, coalesce(danger, 0) as danger
from int_weeks
left join ranked on ranked.week_start = int_weeks.week_start and place = 1
left join endangered on endangered.week_start = int_weeks.week_start
