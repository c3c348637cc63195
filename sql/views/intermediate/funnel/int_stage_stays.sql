-- Grain: stay of a contact in a stage or status, with the instant at which it ended, if it did (P5,
-- R9).
with stays as (
  select
    contact_id,
    case field when 'lead_status' then 'lifecycle' else 'pipeline' end as ladder,
    to_value as stage,
    occurred_at as entered_at,
    lead(occurred_at) over (partition by contact_id, field order by occurred_at) as left_at
  from stg_status_changes
  where field in ('lead_status', 'sales_stage')
)
select contact_id, rungs.ladder, stage_no, rung_no, entered_at, left_at
from stays
-- Crossed, not joined: SQLite then looks up the few rungs per stay, and sorts no stays by rung.
cross join int_ladder_stages as rungs
where rungs.ladder = stays.ladder and rungs.stage = stays.stage
