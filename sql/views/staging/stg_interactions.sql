-- Grain: interaction that happened by as_of.
select
  contact_id, interaction_key, provider as source, occurred_at, occurred_day, channel, direction,
  outcome, campaign_id, initiated_by, utm_source, utm_medium, utm_campaign, summary
from {{table(interactions)}}
where occurred_at <= (select as_of from clock)
  and contact_id between (select lo from scope) and (select hi from scope)
