-- Check: no published fact is later than the instant for which its run is true.
with happened as (
  select concat('message ', message_id) as check_key, sent_at as occurred_at from fct_email_message
  union all
  select concat('event ', event_id), occurred_at from fct_email_event
  union all
  select interaction_key, occurred_at from fct_interaction
  union all
  select concat('attempt ', call_key), attempted_at from fct_call_attempt
  union all
  select concat('purchase ', purchase_key), purchased_at from fct_purchase
),
facts as (
  select check_key, occurred_at from happened
  union all
  select concat('change of ', contact_key, ' ', field), occurred_at from fct_status_change
  union all
  select concat('lead ', contact_key), lead_added_at from int_contacts
)
select check_key, occurred_at
from facts
cross join stg_clock
where occurred_at > as_of
