-- Grain: contact: the sum of what its points are still worth, in thousandths (C2).
-- Home of C2.
with contacts as (
  select contact_id from stg_contacts
),
scores as (
  select contact_id, sum(milli_now) as score_milli
  from int_score_points
  group by contact_id
)
select contacts.contact_id, coalesce(score_milli, 0) as score_milli
from contacts
left join scores on scores.contact_id = contacts.contact_id
