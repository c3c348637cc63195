-- Grain: purchase, receipt or refund made by as_of. Amounts are minor units, a refund's is negative
-- (F8). named_key is the purchase that a refund names, refund_of_key the one that it gives back:
-- the same, unless it is another's, in another currency or not there. A refund may name the payment
-- of a purchase in its place. It has the product of the purchase it names once that was made; one
-- that states none waits until that is there (F1).
with paid as (
  select contact_id, payment_key, min(purchase_key) as purchase_key
  from {{table(purchases)}}
  where payment_key is not null
    and contact_id between (select lo from scope) and (select hi from scope)
  group by contact_id, payment_key
),
seen as (
  select
    made.contact_id,
    made.purchase_key,
    made.provider as source,
    made.purchased_at,
    made.purchased_day,
    case
      when made.kind = 'refund' and named.purchased_at <= (select as_of from clock)
        then coalesce(named.product_name, made.product_name)
      else coalesce(made.product_name, named.product_name)
    end as product_name,
    made.kind,
    made.amount_minor,
    made.currency,
    made.status,
    case
      when made.completed_at <= (select as_of from clock) then made.completed_at
    end as completed_at,
    made.completed_at as stated_completed_at,
    made.cohort,
    made.payment_method,
    made.certificate_issued,
    made.period_months,
    made.ended_at,
    coalesce(paid.purchase_key, made.refund_of_key) as named_key,
    case when named.currency = made.currency then named.purchase_key end as refund_of_key,
    made.agent_id,
    made.referrer_kind,
    made.referrer_value
  from {{table(purchases)}} as made
  left join paid
    on paid.contact_id = made.contact_id and paid.payment_key = made.refund_of_key
  left join {{table(purchases)}} as named
    on named.contact_id = made.contact_id
    and named.purchase_key = coalesce(paid.purchase_key, made.refund_of_key)
    and named.kind <> 'refund'
  where made.purchased_at <= (select as_of from clock)
    and made.contact_id between (select lo from scope) and (select hi from scope)
)
select
  contact_id,
  purchase_key,
  source,
  purchased_at,
  purchased_day,
  product_name,
  kind,
  amount_minor,
  currency,
  -- Completed only later than as_of: still under way.
  case
    when stated_completed_at is not null and completed_at is null and status = 'completed'
      then 'in_progress'
    else status end as status,
  case
    when kind = 'refund' or status = 'dropped' then 0
    when completed_at is not null or (status = 'completed' and stated_completed_at is null) then 1
    else 0
  end as is_completed,
  completed_at,
  cohort,
  payment_method,
  certificate_issued,
  period_months,
  ended_at,
  named_key,
  refund_of_key,
  agent_id,
  referrer_kind,
  referrer_value
from seen
where product_name is not null
