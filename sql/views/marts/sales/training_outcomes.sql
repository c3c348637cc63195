-- Grain: product × cohort (batch). A purchase starts with a one-off or the first receipt of a
-- subscription's run; money is of every row, a refund standing with the purchase that it names.
with purchases as (
  select
    *,
    case when kind <> 'refund' and is_run_start = 1 then 1 else 0 end as is_start,
    max(case when kind <> 'refund' then product_name end) over bought as bought_product,
    max(case when kind <> 'refund' then cohort end) over bought as bought_cohort
  from int_purchases
  window bought as (partition by contact_id, coalesce(named_key, purchase_key))
),
contacts as (
  select contact_id from int_contacts
),
rows_of_training as (
  select
    coalesce(bought_product, product_name) as product,
    coalesce(bought_cohort, cohort) as batch,
    purchases.*
  from purchases
  join contacts on contacts.contact_id = purchases.contact_id
),
counted as (
  select
    product, batch,
    min(purchased_day) as first_day,
    sum(is_start) as enrolled,
    sum(case when is_start = 1 and is_completed = 0 and status = 'in_progress' then 1 else 0 end)
      as in_progress,
    sum(is_start * is_completed) as completed,
    sum(case when is_start = 1 and is_completed = 0 and status = 'dropped' then 1 else 0 end)
      as dropped,
    sum(case when is_start = 1 and certificate_issued = 1 then 1 else 0 end) as certificates,
    sum(is_start * is_refunded) as refunded,
    sum(amount_minor * is_house_currency) as revenue_minor,
    sum(case when kind <> 'refund' and is_house_currency = 0 then 1 else 0 end)
      as other_currency_purchases
  from rows_of_training
  group by product, batch
)
select
  product,
  batch as cohort,
  enrolled,
  in_progress,
  completed,
  dropped,
  {{rate_columns(completion_rate, completed, enrolled)}},
  case when enrolled < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  certificates,
  refunded,
  revenue_minor as revenue,
  currency,
  other_currency_purchases,
  enrolled - in_progress - completed - dropped as not_started,
  first_day
from counted
cross join int_house_currency
