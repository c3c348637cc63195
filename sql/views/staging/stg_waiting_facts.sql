-- Grain: fact observed by as_of whose external id no contact fact has named yet (F1).
select kind, external_id, delivery, observed_at, landed_at
from {{table(waiting_facts)}}
where observed_at <= (select as_of from clock)
