-- Grain: purchase, receipt or refund, a refund as a negative row of its own (F8).
select
  contact_key,
  purchase_key,
  source,
  purchased_at,
  purchased_day,
  product_name as training,
  kind,
  amount_minor as amount,
  currency,
  refunded_minor as refunded,
  is_refunded,
  named_key as refund_of,
  is_first_purchase,
  is_run_start,
  agent_id as agent,
  cohort,
  status,
  completed_at,
  coalesce(payment_method, 'unknown') as payment_method,
  certificate_issued
from int_purchases
join int_contacts on int_contacts.contact_id = int_purchases.contact_id
