-- Grain: campaign × sequence version × step, as the house stated it or as a message bears it (E2).
-- Its subject stays in the house.
-- Home of E2.
with messages as (
  select campaign_id, sequence_version, step_number, email_type, sent_at
  from int_email_messages
  where sequence_version is not null and step_number is not null
),
sent as (
  select
    campaign_id,
    sequence_version,
    step_number,
    min(case when email_type <> 'unknown' then email_type end) as email_type,
    min(sent_at) as first_sent_at, max(sent_at) as last_sent_at
  from messages
  group by campaign_id, sequence_version, step_number
),
stated as (
  select campaign_id, sequence_version, step_number, email_type from stg_sequence_steps
),
named as (
  select campaign_id, sequence_version, step_number from sent
  union all
  select campaign_id, sequence_version, step_number from stated
),
steps as (
  select
    campaign_id, sequence_version, step_number,
    max(sequence_version) over (partition by campaign_id) as last_version
  from named
  group by campaign_id, sequence_version, step_number
)
select
  steps.campaign_id as campaign,
  steps.sequence_version,
  steps.step_number,
  coalesce(stated.email_type, sent.email_type, 'unknown') as email_type,
  case when steps.sequence_version = last_version then 1 else 0 end as is_last_version,
  first_sent_at,
  last_sent_at
from steps
left join stated
  on stated.campaign_id = steps.campaign_id
  and stated.sequence_version = steps.sequence_version
  and stated.step_number = steps.step_number
left join sent
  on sent.campaign_id = steps.campaign_id
  and sent.sequence_version = steps.sequence_version
  and sent.step_number = steps.step_number
