-- Check: every fact lies on a day of the calendar. The doors refuse others; one of before that
-- stops a night, and fact_kind and fact_key are what `signalhouse discard` takes.
with happened as (
  select
    'email_event' as fact_kind, event_id as fact_key, occurred_at, occurred_day as fact_day
  from stg_email_events
  union all
  select 'interaction', interaction_key, occurred_at, occurred_day from stg_interactions
  union all
  select 'purchase', purchase_key, purchased_at, purchased_day from stg_purchases
  union all
  select 'ad_spend', spend_key, spent_at, spent_day from stg_ad_spend
  union all
  select 'contact', contact_key, lead_added_at, lead_added_day from stg_contacts
),
called as (
  select
    'call' as fact_kind, call_key as fact_key, booked_at as occurred_at, booked_day as fact_day
  from stg_calls
  union all
  select 'call', call_key, started_at, started_day from stg_calls
  union all
  select 'call', call_key, completed_at, completed_day from stg_calls
),
facts as (
  select * from happened
  union all
  select * from called
)
select distinct facts.fact_kind, facts.fact_key, facts.occurred_at
from facts
left join stg_calendar on stg_calendar.day = facts.fact_day
where facts.fact_day is not null and stg_calendar.day is null
