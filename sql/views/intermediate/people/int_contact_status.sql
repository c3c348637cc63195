-- Grain: contact. The present state is the last row of its stored history (P5): the one that no
-- other follows, since looking ahead goes by the order of the stored key and sorts nothing.
with contacts as (
  select contact_id from stg_contacts
),
changes as (
  select
    contact_id, field, to_value,
    lead(occurred_at) over (partition by contact_id, field order by occurred_at) as next_at
  from stg_status_changes
),
latest as (
  select
    contact_id,
    max(case when field = 'lead_status' then to_value end) as lead_status,
    max(case when field = 'sales_stage' then to_value end) as sales_stage,
    max(case when field = 'unsubscribed' then to_value end) as unsubscribed
  from changes
  where next_at is null
  group by contact_id
)
select
  contacts.contact_id,
  coalesce(lead_status, 'cold') as lead_status,
  coalesce(sales_stage, 'new') as sales_stage,
  case when unsubscribed = '1' then 1 else 0 end as unsubscribed
from contacts
left join latest on latest.contact_id = contacts.contact_id
