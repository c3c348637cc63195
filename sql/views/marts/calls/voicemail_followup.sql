-- Grain: lead type × week of the first attempt, over the leads whose first attempt ended in
-- voicemail (R5). Every rate is over them.
-- Home of R5.
with attempts as (
  select * from int_call_attempts
),
contacts as (
  select contact_id, lead_type from int_contacts
),
leads as (
  select
    contact_id,
    max(case when attempt_no = 1 then is_voicemail else 0 end) as is_first_voicemail,
    min(case when attempt_no = 1 then attempted_day end) as first_day,
    min(attempted_at) as first_at,
    min(case when attempt_no = 2 then attempted_at end) as second_at,
    max(case when attempt_no = 3 then 1 else 0 end) as is_third,
    max(is_connected) as is_connected
  from attempts
  group by contact_id
),
counted as (
  select
    lead_type, iso_week, week_start,
    count(*) as first_voicemail,
    count(second_at) as second_attempt,
    sum(is_third) as third_attempt,
    sum(is_connected) as connected,
    sum(case when second_at - first_at <= 86400000 then 1 else 0 end) as second_within_24h,
    sum(case when second_at - first_at <= 259200000 then 1 else 0 end) as second_within_72h
  from leads
  join contacts on contacts.contact_id = leads.contact_id
  join stg_calendar on stg_calendar.day = first_day
  where is_first_voicemail = 1
  group by lead_type, iso_week, week_start
)
select
  iso_week as period,
  week_start,
  lead_type,
  first_voicemail,
  second_attempt,
  {{rate_columns(second_attempt_rate, second_attempt, first_voicemail)}},
  third_attempt,
  {{rate_columns(third_attempt_rate, third_attempt, first_voicemail)}},
  connected,
  {{rate_columns(connected_rate, connected, first_voicemail)}},
  second_within_24h,
  {{rate_columns(second_within_24h_rate, second_within_24h, first_voicemail)}},
  second_within_72h,
  {{rate_columns(second_within_72h_rate, second_within_72h, first_voicemail)}},
  case when first_voicemail < {{rule(min_leads)}} then 1 else 0 end as below_threshold
from counted
