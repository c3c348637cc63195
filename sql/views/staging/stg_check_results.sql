-- Grain: check of an attempt of a run whose as_of has come: the publishing run's own are here too.
select run_id, attempt, check_id, severity, failing, sample_keys
from {{table(check_results)}}
where run_id in (select run_id from {{table(export_runs)}} where as_of <= (select as_of from clock))
