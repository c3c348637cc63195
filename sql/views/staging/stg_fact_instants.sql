-- Grain: contact × instant of a fact, whenever it is: those by which what the stored views say of
-- the contact changes. The one staging view that knows no clock, since it says when others change.
with messages as (
  select contact_id, created_at from {{table(email_messages)}}
  where contact_id between (select lo from scope) and (select hi from scope)
),
events as (
  select contact_id, occurred_at from {{table(email_events)}}
  where contact_id between (select lo from scope) and (select hi from scope)
),
interactions as (
  select contact_id, occurred_at from {{table(interactions)}}
  where contact_id between (select lo from scope) and (select hi from scope)
),
calls as (
  select contact_id, booked_at, started_at, completed_at, cancelled_at from {{table(calls)}}
  where contact_id between (select lo from scope) and (select hi from scope)
),
purchases as (
  select contact_id, purchased_at, completed_at from {{table(purchases)}}
  where contact_id between (select lo from scope) and (select hi from scope)
),
contacts as (
  select contact_id, lead_added_at from {{table(contacts)}}
  where contact_id between (select lo from scope) and (select hi from scope)
),
of_calls as (
  select contact_id, booked_at as occurred_at from calls
  union all
  select contact_id, started_at from calls
  union all
  select contact_id, completed_at from calls
  union all
  select contact_id, cancelled_at from calls
),
of_purchases as (
  select contact_id, purchased_at as occurred_at from purchases
  union all
  select contact_id, completed_at from purchases
),
of_mail as (
  select contact_id, created_at as occurred_at from messages
  union all
  select contact_id, occurred_at from events
),
instants as (
  select contact_id, lead_added_at as occurred_at from contacts
  union all
  select contact_id, occurred_at from interactions
  union all
  select contact_id, occurred_at from of_calls
  union all
  select contact_id, occurred_at from of_purchases
  union all
  select contact_id, occurred_at from of_mail
)
select contact_id, occurred_at
from instants
where occurred_at is not null
