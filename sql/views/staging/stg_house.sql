-- Grain: one row, the house. Its currency is the configured one, else that of the earliest purchase of the whole house, whatever
-- the scope (G1).
select
  house_id,
  opened_at,
  is_sample,
  time_zone,
  coalesce(
    currency,
    (select currency from {{table(purchases)}} where purchased_at <= (select as_of from clock) order by purchased_at, purchase_key limit 1),
    'unknown'
  ) as currency,
  rules_version
from {{table(house)}}
