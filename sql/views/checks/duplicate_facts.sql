-- Check: a source event is one fact, of one contact (F1).
with facts as (
  select concat('message ', message_id) as check_key from fct_email_message
  union all
  select interaction_key from fct_interaction
  union all
  select concat('attempt ', call_key) from fct_call_attempt
  union all
  select concat('purchase ', purchase_key) from fct_purchase
  union all
  select concat('event ', event_id) from fct_email_event
)
select check_key, count(*) as copies
from facts
group by check_key
having count(*) > 1
