-- Grain: campaign that the house stated or a fact names, and the word for none, so that every
-- campaign of a mart is here. Without the name that somebody gave it (R12).
with campaigns as (
  select * from stg_campaigns
),
mail as (
  select
    campaign_id,
    max(sequence_version) as sequence_version,
    min(sent_at) as first_sent_at,
    max(sent_at) as last_sent_at
  from int_email_messages
  group by campaign_id
),
facts as (
  select campaign_id from mail
  union all
  select campaign_id from stg_interactions where campaign_id is not null
  union all
  select campaign_id from stg_enrolments
  union all
  select campaign from stg_ad_spend
),
-- Adverts, as the links by which people came name them.
links as (
  select utm_campaign as campaign_id from stg_interactions where utm_campaign is not null
  union all
  select utm_campaign from stg_contacts where utm_campaign is not null
),
named as (
  select campaign_id from campaigns
  union all
  select campaign_id from facts
  union all
  select campaign_id from links
  union all
  select 'none'
),
distinct_campaigns as (
  select distinct campaign_id from named
)
select
  distinct_campaigns.campaign_id as campaign,
  case when campaigns.campaign_id is null then 0 else 1 end as is_stated,
  coalesce(goal, 'unknown') as goal,
  coalesce(channel, 'unknown') as channel,
  coalesce(status, 'unknown') as status,
  start_at,
  end_at,
  sequence_version as last_sequence_version,
  first_sent_at,
  last_sent_at
from distinct_campaigns
left join campaigns on campaigns.campaign_id = distinct_campaigns.campaign_id
left join mail on mail.campaign_id = distinct_campaigns.campaign_id
