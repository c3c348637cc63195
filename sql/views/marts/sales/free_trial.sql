-- Grain: offer × week of lead_added_at, over the trial-class leads (R6). A lead without a logged
-- follow-up is in no rate: nobody knows what became of the trial, so it is counted beside it.
-- Home of R6.
with contacts as (
  select contact_id, lead_added_day, offer, trial_followup_status
  from int_contacts
  where lead_type = 'trial_class'
),
purchases as (
  select contact_id
  from int_purchases
  where is_first_purchase = 1
),
leads as (
  select
    offer, iso_week, week_start,
    case when trial_followup_status = 'unknown' then 0 else 1 end as is_followed_up,
    case when purchases.contact_id is null then 0 else 1 end as is_converted
  from contacts
  join stg_calendar on stg_calendar.day = lead_added_day
  left join purchases on purchases.contact_id = contacts.contact_id
),
counted as (
  select
    offer, iso_week, week_start,
    sum(is_followed_up) as followed_up,
    sum(is_followed_up * is_converted) as converted,
    sum(1 - is_followed_up) as blank_excluded
  from leads
  group by offer, iso_week, week_start
)
select
  iso_week as period,
  week_start,
  offer,
  followed_up,
  converted,
  {{rate_columns(conversion_rate, converted, followed_up)}},
  case when followed_up < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  blank_excluded
from counted
