-- Grain: campaign.
select campaign_id, name, goal, channel, status, start_at, end_at, target_segment, owner
from {{table(campaigns)}}
