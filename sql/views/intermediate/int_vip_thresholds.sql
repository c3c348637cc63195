-- Grain: currency with enough buyers, with the LTV from which one is a VIP (L3). Of everyone, whatever the scope.
with ltvs as (
  select contact_id, currency, sum(amount_minor) as ltv_minor
  from stg_purchases
  group by contact_id, currency
),
ranked as (
  select
    ltvs.currency, ltv_minor,
    row_number() over (partition by ltvs.currency order by ltv_minor) as place,
    count(*) over (partition by ltvs.currency) as buyers
  from ltvs
  join int_contact_status on int_contact_status.contact_id = ltvs.contact_id
  where ltv_minor > 0 and lead_status in ('customer', 'alumni')
)
-- Percentile p of n values is the value at row ceil(p · n) (G9); the hair below keeps 0.9 · 20 at row 18.
select currency, min(ltv_minor) as ltv_minor
from ranked
cross join rules
where buyers >= vip_min_customers and place >= ceil(vip_percentile * buyers - 0.000001)
group by currency
