-- Grain: channel × campaign × day × provider of advertising that was paid for by as_of. Amounts are
-- minor units (F9).
select
  spend_key, provider as source, channel, coalesce(campaign_id, 'none') as campaign, spent_at,
  spent_day, amount_minor, currency
from {{table(ad_spend)}}
where spent_at <= (select as_of from clock)
