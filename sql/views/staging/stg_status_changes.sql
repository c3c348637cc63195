-- Grain: change of status, stage or flag due by as_of. Dormancy is written ahead, so readers must
-- not look past it (P5).
select contact_id, field, occurred_at, from_value, to_value, cause, rule_id
from {{table(status_changes)}}
where occurred_at <= (select as_of from clock)
  and contact_id between (select lo from scope) and (select hi from scope)
