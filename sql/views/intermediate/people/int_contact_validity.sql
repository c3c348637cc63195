-- Grain: contact, with the instants from and until which what is true of them at as_of stays true:
-- no fact of theirs lies in between (decision 17).
with contacts as (
  select contact_id from stg_contacts
),
instants as (
  select contact_id, occurred_at, as_of
  from stg_fact_instants
  cross join stg_clock
),
nearest as (
  select
    contact_id,
    max(case when occurred_at <= as_of then occurred_at end) as last_at,
    min(case when occurred_at > as_of then occurred_at end) as next_at
  from instants
  group by contact_id
)
select
  contacts.contact_id,
  coalesce(last_at, 0) as valid_from,
  coalesce(next_at, 9007199254740991) as valid_until
from contacts
left join nearest on nearest.contact_id = contacts.contact_id
