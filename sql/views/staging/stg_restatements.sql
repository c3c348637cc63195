-- Grain: cell that a night found to be otherwise than it had been published (R13).
select
  run_id,
  attempt,
  mart,
  key,
  column_name,
  old_value,
  new_value,
  published_as_of,
  load_before,
  load_after,
  cause
from {{table(restatements)}}
