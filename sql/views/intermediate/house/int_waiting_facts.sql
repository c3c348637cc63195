-- Grain: fact of an address that nobody is known by, or thing that is not whole: kept, in no mart,
-- with what it waits for (F1). A call with a number of nobody's waits for a lead, maybe for ever.
select
  kind,
  case when address_kind = 'phone' then 'lead' else 'contact' end as waits_for,
  address,
  delivery as waiting_key,
  observed_at,
  landed_at
from stg_waiting_facts
union all
select
  kind,
  waits_for,
  null as address,
  concat(kind, ' ', thing_key) as waiting_key,
  observed_at,
  landed_at
from stg_waiting_things
