-- Grain: receipt of a subscription, with the run that it belongs to (F8): receipts of one contact,
-- product and currency run until a stated end, whichever of them states it, else one period and
-- some grace after the last; a receipt after that opens the next run. A period ends on the same day
-- of a later month, or with that month where it has no such day; one past the seeded calendar has
-- no end that we could live to see.
with receipts as (
  select
    contact_id,
    purchase_key,
    product_name,
    currency,
    purchased_at,
    purchased_day,
    amount_minor,
    ended_at,
    case when period_months > 0 then period_months else 1 end as period_months,
    cast(substr(purchased_day, 1, 4) as int64) * 12 + cast(substr(purchased_day, 6, 2) as int64) - 1
      + case when period_months > 0 then period_months else 1 end as due_month
  from stg_purchases
  where kind = 'subscription'
),
dated as (
  select
    *,
    cast(floor(due_month / 12) as int64) * 100
      + due_month - cast(floor(due_month / 12) as int64) * 12 + 1 as due_number,
    cast(floor((due_month + 1) / 12) as int64) * 100
      + due_month + 1 - cast(floor((due_month + 1) / 12) as int64) * 12 + 1
      as over_number
  from receipts
),
named as (
  select
    *,
    concat(
      substr(cast(due_number as string), 1, 4),
      '-',
      substr(cast(due_number as string), 5, 2),
      substr(purchased_day, 8, 3)
    ) as due_day,
    concat(
      substr(cast(over_number as string), 1, 4), '-',
      substr(cast(over_number as string), 5, 2), '-01'
    ) as over_day
  from dated
),
ending as (
  select
    contact_id,
    purchase_key,
    product_name,
    currency,
    purchased_at,
    amount_minor,
    period_months,
    ended_at,
    coalesce(
      coalesce(due.starts_at + purchased_at - bought.starts_at, past.starts_at)
        + {{rule(subscription_grace_ms)}},
      9007199254740991
    ) as period_until
  from named
  left join stg_calendar as bought on bought.day = purchased_day
  left join stg_calendar as due on due.day = due_day
  left join stg_calendar as past on past.day = over_day
),
-- stated: the end that an earlier receipt stated last, behind the instant of that receipt; texts of
-- one length, so the greatest is the latest.
placed as (
  select
    *,
    max(
      case when ended_at is not null then
        concat(
          cast(purchased_at + 2000000000000000 as string),
          cast(ended_at + 2000000000000000 as string)
        ) end
    ) over (partition by contact_id, product_name, currency order by purchased_at, purchase_key
      rows between unbounded preceding and 1 preceding) as stated,
    lag(purchased_at) over receipts_in_order as purchased_before,
    coalesce(lag(ended_at) over receipts_in_order, lag(period_until) over receipts_in_order)
      as would_run_until
  from ending
  window receipts_in_order as (
    partition by contact_id, product_name, currency
    order by purchased_at, purchase_key
  )
),
with_stated_ends as (
  select *, cast(substr(stated, 17) as int64) - 2000000000000000 as stated_end from placed
)
select
  contact_id,
  purchase_key,
  product_name,
  currency,
  purchased_at,
  amount_minor,
  period_months,
  case
    when ended_at is null and stated_end >= purchased_at then stated_end
    else coalesce(ended_at, period_until)
  end as runs_until,
  case
    when purchased_before is null then 1
    when purchased_at
      > case when stated_end >= purchased_before then stated_end else would_run_until end then 1
    else 0
  end as is_run_start
from with_stated_ends
