-- Grain: purchase, receipt or refund made by as_of. Amounts are minor units, a refund's is negative (F8).
with seen as (
  select
    contact_id, purchase_key, source, purchased_at, purchased_day, product_name, kind, amount_minor, currency, status,
    case when completed_at <= (select as_of from clock) then completed_at end as completed_at,
    completed_at as stated_completed_at, cohort, payment_method, certificate_issued, period_months, ended_at,
    refund_of_key, agent_id, referrer_kind, referrer_value
  from {{table(purchases)}}
  where purchased_at <= (select as_of from clock)
    and contact_id between (select lo from scope) and (select hi from scope)
)
select
  contact_id, purchase_key, source, purchased_at, purchased_day, product_name, kind, amount_minor, currency,
  -- Completed only later than as_of: still under way.
  case when stated_completed_at is not null and completed_at is null and status = 'completed' then 'in_progress'
    else status end as status,
  case
    when kind = 'refund' or status = 'dropped' then 0
    when completed_at is not null or (status = 'completed' and stated_completed_at is null) then 1
    else 0
  end as is_completed,
  completed_at, cohort, payment_method, certificate_issued, period_months, ended_at, refund_of_key, agent_id,
  referrer_kind, referrer_value
from seen
