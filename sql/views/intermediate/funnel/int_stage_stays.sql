-- Grain: stay of a contact in a stage or status, with the instant at which it ended, if it did (P5,
-- R9).
with changes as (
  select contact_id, field, occurred_at, to_value
  from stg_status_changes
  where field in ('lead_status', 'sales_stage')
)
select
  contact_id,
  case field when 'lead_status' then 'lifecycle' else 'pipeline' end as ladder,
  to_value as stage,
  occurred_at as entered_at,
  lead(occurred_at) over (partition by contact_id, field order by occurred_at) as left_at
from changes
