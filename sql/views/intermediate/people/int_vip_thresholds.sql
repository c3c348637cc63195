-- Grain: currency with enough buyers, with the LTV from which one is a VIP (L3). Of everyone, whatever the scope.
with ltvs as (
  select contact_id, currency, sum(amount_minor) as ltv_minor
  from stg_purchases
  group by contact_id, currency
),
ranked as (
  select
    ltvs.currency, ltv_minor, {{rule(vip_percentile)}} as vip_percentile,
    cume_dist() over (partition by ltvs.currency order by ltv_minor) as portion
  from ltvs
  join int_contact_status on int_contact_status.contact_id = ltvs.contact_id
  where ltv_minor > 0 and lead_status in ('customer', 'alumni')
)
select currency, {{percentile(vip_percentile, ltv_minor, portion)}} as ltv_minor
from ranked
group by currency
having count(*) >= {{rule(vip_min_customers)}}
