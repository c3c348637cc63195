-- Grain: channel × campaign × day × source of advertising that was paid for.
select spend_key, source, spent_at, spent_day, channel, campaign, amount_minor as amount, currency
from stg_ad_spend
