-- Grain: observation of a contact that was made by as_of. Stated states (L6) live here only. A
-- contact's observations are keyed by its id as text, so a person's own are one range; by
-- contact_id they would be a scan of all.
with contacts as (
  select contact_id from {{table(contacts)}}
  where contact_id between (select lo from scope) and (select hi from scope)
)
select
  contacts.contact_id, observation_key, observed_at, landed_at,
  {{stated(lead_status)}} as lead_status,
  {{stated(sales_stage)}} as sales_stage,
  cast({{stated(unsubscribed)}} as int64) as unsubscribed,
  cast({{stated(last_contact_at)}} as int64) as last_contact_at,
  {{stated(assigned_to)}} as assigned_to
from contacts
-- Not an inner join: SQLite would read everybody's statements first.
cross join {{table(observations)}} as observations
where observations.kind = 'contact'
  and observations.thing_key = cast(contacts.contact_id as string)
  and observed_at <= (select as_of from clock)
