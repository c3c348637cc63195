-- Grain: contact added by as_of, with its segments as published: a missing value is the text
-- 'unknown' (P3, P4).
with contacts as (
  select * from stg_contacts
)
select
  contact_id,
  contact_key,
  lead_added_at,
  lead_added_day,
  coalesce(channel_origin, 'unknown') as channel,
  coalesce(lead_type, 'unknown') as lead_type,
  coalesce(offer, 'unknown') as offer,
  coalesce(term, 'unknown') as term,
  coalesce(year_level, 'unknown') as year_level,
  case tier when 1 then '1' when 2 then '2' when 3 then '3' else 'unknown' end as tier,
  coalesce(country, 'unknown') as country,
  coalesce(industry, 'unknown') as industry,
  coalesce(role, 'unknown') as role,
  coalesce(utm_source, 'unknown') as utm_source,
  coalesce(utm_medium, 'unknown') as utm_medium,
  coalesce(utm_campaign, 'unknown') as utm_campaign,
  coalesce(trial_followup_status, 'unknown') as trial_followup_status,
  deal_value_minor
from contacts
cross join stg_clock
where lead_added_at <= stg_clock.as_of
