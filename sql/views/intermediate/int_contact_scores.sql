-- Grain: contact. Each point decays by half per half-life and is rounded to integer thousandths before the sum, half up (C2, G6).
with contacts as (
  select contact_id from stg_contacts
),
scored as (
  select * from int_score_points
),
clock_now as (
  select as_of from stg_clock
),
decayed as (
  select
    contact_id,
    cast(
      floor(1000 * points * exp(-ln(2.0) * (cast(as_of - occurred_at as float64) / score_half_life_ms)) + 0.5) as int64
    ) as milli
  from scored
  cross join rules
  cross join clock_now
),
scores as (
  select contact_id, sum(milli) as score_milli
  from decayed
  group by contact_id
)
select contacts.contact_id, coalesce(score_milli, 0) as score_milli
from contacts
left join scores on scores.contact_id = contacts.contact_id
