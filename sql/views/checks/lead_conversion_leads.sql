-- Within a period every dimension of lead_conversion counts every lead once (R7).
with published as (
  select
    dimension,
    sum(case when period = 'all' then leads else 0 end) as leads,
    sum(case when period = 'all' then 0 else leads end) as leads_by_month
  from lead_conversion
  group by dimension
),
added as (
  select count(*) as leads from int_contacts
)
select
  dimension as check_key,
  published.leads as published,
  leads_by_month as published_by_month,
  added.leads as expected
from published
cross join added
where published.leads <> added.leads or leads_by_month <> added.leads
