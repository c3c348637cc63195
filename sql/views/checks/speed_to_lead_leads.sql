-- Every lead stands in exactly one bucket or category of speed to lead (R2).
select counted.leads as published, added.leads as expected
from (select coalesce(sum(leads), 0) as leads from speed_to_lead) as counted
cross join (select count(*) as leads from int_contacts) as added
where counted.leads <> added.leads
