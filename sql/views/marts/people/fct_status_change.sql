-- Grain: change of a contact's status, stage or unsubscribed flag (P5), with the instant at which
-- the next one ended it.
with changes as (
  select * from stg_status_changes
),
followed as (
  select
    changes.*,
    lead(occurred_at) over (partition by contact_id, field order by occurred_at) as left_at,
    row_number() over (partition by contact_id, field order by occurred_at) as change_no
  from changes
)
select
  contact_key, field, change_no, occurred_at, from_value, to_value, left_at,
  case when left_at is null then 1 else 0 end as is_present, cause, rule_id
from followed
join int_contacts on int_contacts.contact_id = followed.contact_id
