-- Check: what a closed load left at its destination is what was rendered for it, row for row.
select
  concat(mart, ' at ', destination, ', load ', load_id) as check_key, rows_source, rows_destination
from stg_export_loads
where status = 'closed'
  and (
    rows_destination is null
    or rows_destination <> rows_source
    or checksum_destination is null
    or checksum_destination <> checksum_source
  )
