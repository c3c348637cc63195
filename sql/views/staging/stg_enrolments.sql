-- Grain: enrolment made by as_of.
select
  contact_id, enrolment_key, campaign_id, enrolled_at, current_step, status,
  case when converted_at <= (select as_of from clock) then converted_at end as converted_at
from {{table(enrolments)}}
where enrolled_at <= (select as_of from clock)
  and contact_id between (select lo from scope) and (select hi from scope)
