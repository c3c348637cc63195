-- Grain: purchase, receipt or refund (a negative row of its own), with what later rows say of it
-- (F8, G1).
-- Home of G1.
with purchases as (
  select * from stg_purchases
),
refunds as (
  select contact_id, refund_of_key, -sum(amount_minor) as refunded_minor
  from purchases
  where kind = 'refund'
  group by contact_id, refund_of_key
),
firsts as (
  select
    contact_id, purchase_key,
    row_number() over (partition by contact_id order by purchased_at, purchase_key) as purchase_no
  from purchases
  where kind <> 'refund'
)
select
  purchases.contact_id,
  purchases.purchase_key,
  purchases.source,
  purchases.purchased_at,
  purchases.purchased_day,
  purchases.product_name,
  purchases.kind,
  purchases.amount_minor,
  purchases.currency,
  case
    when purchases.kind = 'refund' then 0
    else coalesce(refunds.refunded_minor, 0)
  end as refunded_minor,
  case
    when purchases.kind <> 'refund' and refunds.refunded_minor >= purchases.amount_minor then 1
    else 0
  end
    as is_refunded,
  purchases.named_key,
  purchases.refund_of_key,
  firsts.purchase_no,
  case when firsts.purchase_no = 1 then 1 else 0 end as is_first_purchase,
  case purchases.kind
    when 'refund' then 0
    when 'subscription' then runs.is_run_start
    else 1
  end as is_run_start,
  runs.runs_until,
  runs.period_months,
  coalesce(agents.agent_id, 'unknown') as agent_id,
  coalesce(purchases.cohort, 'unknown') as cohort,
  purchases.status,
  purchases.is_completed,
  purchases.completed_at,
  purchases.certificate_issued,
  purchases.payment_method,
  purchases.referrer_kind,
  purchases.referrer_value,
  int_house_currency.currency as house_currency,
  case when purchases.currency = int_house_currency.currency then 1 else 0 end as is_house_currency
from purchases
cross join int_house_currency
left join refunds
  on refunds.contact_id = purchases.contact_id and refunds.refund_of_key = purchases.purchase_key
left join firsts
  on firsts.contact_id = purchases.contact_id and firsts.purchase_key = purchases.purchase_key
left join int_subscription_runs as runs
  on runs.contact_id = purchases.contact_id and runs.purchase_key = purchases.purchase_key
left join int_purchase_agents as agents
  on agents.contact_id = purchases.contact_id
  and agents.purchase_key = coalesce(purchases.named_key, purchases.purchase_key)
