-- Check: every trial-class lead was followed up, or is counted as one that was not.
select 'free_trial' as check_key, counted.leads as published, added.leads as expected
from (select coalesce(sum(followed_up + blank_excluded), 0) as leads from free_trial) as counted
cross join (select count(*) as leads from int_contacts where lead_type = 'trial_class') as added
where counted.leads <> added.leads
