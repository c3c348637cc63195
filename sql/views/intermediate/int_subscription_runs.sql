-- Grain: receipt of a subscription, with the run that it belongs to (F8): receipts of one contact, product and currency run until a
-- stated end, else one period and some grace after the last; a receipt after that opens the next run.
with receipts as (
  select
    contact_id, purchase_key, product_name, currency, purchased_at, amount_minor,
    coalesce(period_months, 1) as period_months,
    coalesce(
      ended_at,
      purchased_at + coalesce(period_months, 1) * {{rule(month_ms)}} + {{rule(subscription_grace_ms)}}
    ) as runs_until
  from stg_purchases
  where kind = 'subscription'
),
placed as (
  select
    *,
    lag(runs_until) over (
      partition by contact_id, product_name, currency order by purchased_at, purchase_key
    ) as ran_until
  from receipts
)
select
  contact_id, purchase_key, product_name, currency, purchased_at, amount_minor, period_months, runs_until,
  case when ran_until is null or purchased_at > ran_until then 1 else 0 end as is_run_start
from placed
