-- Grain: contact. The row is a fold of its observations (G6); who counts at an instant is decided by lead_added_at later on.
select
  contact_id, contact_key, full_name, company, role, industry, country, timezone, channel_origin, lead_type, offer, term,
  year_level, tier, lead_added_at, lead_added_day, assigned_to, tags, notes, next_action, next_action_at,
  deal_value_minor, vip_by_hand, stated_lead_score, last_contact_at, trial_followup_status, utm_source, utm_medium,
  utm_campaign, attributes
from {{table(contacts)}}
where contact_id between (select lo from scope) and (select hi from scope)
