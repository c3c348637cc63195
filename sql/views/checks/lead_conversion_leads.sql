-- Within a period every dimension of lead_conversion counts every lead once (R7).
with months as (
  select dimension, sum(leads) as leads
  from lead_conversion
  where period <> 'all'
  group by dimension
),
whole as (
  select dimension, sum(leads) as leads
  from lead_conversion
  where period = 'all'
  group by dimension
),
added as (
  select count(*) as leads from int_contacts
)
select whole.dimension, whole.leads as published, months.leads as published_by_month, added.leads as expected
from whole
join months on months.dimension = whole.dimension
cross join added
where whole.leads <> added.leads or months.leads <> added.leads
