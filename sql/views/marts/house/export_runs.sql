-- Grain: run × mart × destination × load, of runs with an as_of before this one's: no run can
-- describe itself.
with runs as (
  select run_id, attempt, as_of as run_as_of, rules_version from stg_export_runs
),
loads as (
  select * from stg_export_loads
)
select
  runs.run_id as loaded_run_id,
  loads.mart,
  loads.destination,
  loads.load_id,
  runs.attempt,
  run_as_of,
  rules_version,
  started_at,
  finished_at,
  rows_source,
  rows_destination,
  checksum_source,
  checksum_destination,
  status,
  data_through
from loads
join runs on runs.run_id = loads.run_id and runs.attempt = loads.attempt
