-- Check: nobody is known before they were added. Who is said to be added later than as_of stands in
-- no table until then, with all that is known of them: a slip of the pen, mostly.
with known as (
  select contact_id from stg_contact_statements
  union all
  select contact_id from stg_calls
  union all
  select contact_id from stg_email_events
  union all
  select contact_id from stg_interactions
  union all
  select contact_id from stg_purchases
)
select contact_key as check_key, lead_added_day
from stg_contacts
cross join stg_clock
where lead_added_at > as_of and contact_id in (select contact_id from known)
