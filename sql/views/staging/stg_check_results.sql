-- Grain: law checked in an attempt of a run.
select run_id, attempt, check_id, severity, failing, sample_keys
from {{table(check_results)}}
