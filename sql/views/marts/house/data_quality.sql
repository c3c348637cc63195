-- Grain: run × check. The last attempt counts for a run; the checks of the publishing run are here
-- too.
with results as (
  select * from stg_check_results
),
last_attempts as (
  select run_id, max(attempt) as attempt
  from results
  group by run_id
)
select
  results.run_id as checked_run_id,
  check_id,
  severity,
  failing,
  sample_keys,
  case
    when failing = 0 then 'holds'
    when severity = 'block' then 'blocked'
    else 'warned'
  end as status
from results
join last_attempts
  on last_attempts.run_id = results.run_id
  and last_attempts.attempt = results.attempt
