-- Grain: currency with enough buyers, with the LTV from which one is a VIP (L3). Of everyone,
-- whatever the scope.
with ranked as (
  select
    currency,
    ltv_minor,
    {{rule(vip_percentile)}} as vip_percentile,
    cume_dist() over (partition by currency order by ltv_minor) as portion
  from int_lifetime_values as ltvs
  join int_contact_status on int_contact_status.contact_id = ltvs.contact_id
  where ltv_minor > 0 and lead_status in ('customer', 'alumni')
)
select currency, {{percentile(vip_percentile, ltv_minor, portion)}} as ltv_minor
from ranked
group by currency
having count(*) >= {{rule(vip_min_customers)}}
