-- Grain: fact observed by as_of whose address nobody is known by yet: an external id that no
-- contact fact has named (F1), or the phone of a call with somebody who is no lead (A3).
select kind, address_kind, address, delivery, observed_at, landed_at
from {{table(waiting_facts)}}
where observed_at <= (select as_of from clock)
