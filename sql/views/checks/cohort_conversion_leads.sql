-- Check: every dimension of cohort_conversion counts every lead once, as converted or as censored,
-- week by week and over all.
with curves as (
  select
    dimension,
    case when cohort = 'all' then 'all' else 'weeks' end as counted_over,
    sum(converted + censored) as leads
  from cohort_conversion
  group by 1, 2
),
added as (
  select count(*) as leads from int_contacts
)
select dimension as check_key, counted_over, curves.leads as published, added.leads as expected
from curves
cross join added
where curves.leads <> added.leads
