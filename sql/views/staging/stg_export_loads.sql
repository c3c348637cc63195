-- Grain: load of one mart into one destination.
select
  load_id,
  run_id,
  attempt,
  mart,
  destination,
  status,
  started_at,
  finished_at,
  rows_source,
  rows_destination,
  checksum_source,
  checksum_destination,
  data_through
from {{table(export_loads)}}
