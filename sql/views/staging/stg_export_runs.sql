-- Grain: attempt of a run whose as_of is before this one: no run describes itself.
select run_id, attempt, as_of, rules_version, destinations, status, reason, started_at, finished_at
from {{table(export_runs)}}
where as_of < (select as_of from clock)
