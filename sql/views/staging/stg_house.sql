-- Grain: one row, the house. Its currency is the configured one, else that of the earliest purchase
-- of the whole house, whatever the scope (G1); a refund is no purchase, so one of what the house
-- never knew decides only where there is nothing else.
select
  house_id,
  opened_at,
  is_sample,
  time_zone,
  coalesce(
    currency,
    (
      select currency from {{table(purchases)}}
      where purchased_at <= (select as_of from clock) and product_name is not null
      order by case when kind = 'refund' then 1 else 0 end, purchased_at, purchase_key
      limit 1
    ),
    'unknown'
  ) as currency,
  rules_version
from {{table(house)}}
