-- Grain: run × attempt × mart × key × column that the run found to be otherwise than published, of
-- runs with an as_of before this one's: no run can describe itself.
with runs as (
  select run_id, attempt, as_of as run_as_of from stg_export_runs
),
restated as (
  select * from stg_restatements
)
select
  restated.run_id as restated_run_id,
  restated.attempt,
  run_as_of,
  restated.mart,
  restated.key,
  restated.column_name,
  old_value,
  new_value,
  published_as_of,
  load_before,
  load_after,
  cause
from restated
join runs on runs.run_id = restated.run_id and runs.attempt = restated.attempt
