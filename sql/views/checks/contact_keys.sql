-- Check: a contact key names one contact, and every fact row's key is in dim_contact.
with contacts as (
  select contact_key, count(*) as copies from int_contacts group by contact_key
),
happened as (
  select contact_key from fct_email_message
  union all
  select contact_key from fct_email_event
  union all
  select contact_key from fct_interaction
  union all
  select contact_key from fct_call_attempt
  union all
  select contact_key from fct_purchase
),
published as (
  select contact_key from happened
  union all
  select contact_key from fct_status_change
  union all
  select contact_key from fct_speed_to_lead
)
select distinct published.contact_key as check_key
from published
left join contacts on contacts.contact_key = published.contact_key
where coalesce(copies, 0) <> 1
