-- Grain: fact of an unknown external id, or thing that is not whole: kept, in no mart, with what it
-- waits for (F1).
select
  kind, 'contact' as waits_for, external_id, delivery as waiting_key, observed_at, landed_at
from stg_waiting_facts
union all
select
  kind,
  waits_for,
  null as external_id,
  concat(kind, ' ', thing_key) as waiting_key,
  observed_at,
  landed_at
from stg_waiting_things
