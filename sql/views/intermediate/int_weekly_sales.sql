-- Grain: ISO week: revenue in the house currency, the top channel (most first purchases; ties: replies, then name) and the size of the
-- danger list at the week's end (R10a). A lead is in danger from its third attempt until it is reached or pays.
with contacts as (
  select contact_id, channel from int_contacts
),
sales as (
  select week_start, channel, sum(is_first_purchase) as first_purchases, sum(amount_minor * is_house_currency) as revenue
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
    sum(revenue) over (partition by sales.week_start) as revenue,
    row_number() over (
      partition by sales.week_start order by first_purchases desc, coalesce(replies, 0) desc, sales.channel
    ) as place
  from sales
  left join answers on answers.week_start = sales.week_start and answers.channel = sales.channel
),
tried as (
  select
    contact_id, min(case when attempt_no = (select danger_min_attempts from rules) then attempted_at end) as enough_at,
    min(case when is_connected = 1 then attempted_at end) as reached_at
  from int_call_attempts
  group by contact_id
),
paid as (
  select contact_id, min(purchased_at) as paid_at
  from int_purchases
  where kind <> 'refund' and is_refunded = 0
  group by contact_id
),
in_danger as (
  select
    enough_at,
    case when paid_at is null or reached_at < paid_at then reached_at else paid_at end as safe_at
  from tried
  left join paid on paid.contact_id = tried.contact_id
  where enough_at is not null
),
endangered as (
  select week_start, sum(case when safe_at is null or safe_at >= ends_at then 1 else 0 end) as danger
  from int_weeks
  join in_danger on enough_at < ends_at
  group by week_start
)
select
  int_weeks.week_start, coalesce(revenue, 0) as revenue, case when first_purchases > 0 then channel end as top_channel,
  coalesce(first_purchases, 0) as top_purchases, coalesce(danger, 0) as danger
from int_weeks
left join ranked on ranked.week_start = int_weeks.week_start and place = 1
left join endangered on endangered.week_start = int_weeks.week_start
