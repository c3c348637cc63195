-- Grain: (contact, address, reason) suppressed by as_of (L4).
select contact_id, address, reason, suppressed_at
from {{table(suppressions)}}
where suppressed_at <= (select as_of from clock)
  and contact_id between (select lo from scope) and (select hi from scope)
