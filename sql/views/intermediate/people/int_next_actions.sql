-- Grain: contact: what to do next (Q4). A stated next action stands; else the next steps that a
-- call agreed on, until the next purchase; else what status and stage ask for. Text that somebody
-- wrote stays in the house (R12): outside it is as_stated.
-- Home of Q4.
with contacts as (
  select contact_id, next_action from stg_contacts
),
calls as (
  select
    contact_id, next_steps, coalesce(completed_at, started_at, booked_at) as called_at,
    row_number() over (
      partition by contact_id
      order by coalesce(completed_at, started_at, booked_at) desc, call_key desc
    ) as place
  from stg_calls
  where next_steps is not null
),
purchases as (
  select contact_id, max(purchased_at) as purchased_at
  from stg_purchases
  where kind <> 'refund'
  group by contact_id
),
agreed as (
  select calls.contact_id, next_steps
  from calls
  left join purchases on purchases.contact_id = calls.contact_id
  where place = 1 and (purchased_at is null or purchased_at < called_at)
),
standing as (
  select
    contacts.contact_id,
    coalesce(next_action, next_steps) as stated_action,
    lead_status,
    sales_stage,
    unsubscribed,
    case when next_follow_up_at is not null then 1 else 0 end as is_booked,
    case when next_follow_up_at >= as_of then 1 else 0 end as is_to_come
  from contacts
  join int_contact_status on int_contact_status.contact_id = contacts.contact_id
  left join int_pending_bookings on int_pending_bookings.contact_id = contacts.contact_id
  left join agreed on agreed.contact_id = contacts.contact_id
  cross join stg_clock
),
derived as (
  select
    contact_id, stated_action,
    case
      when is_to_come = 1 then 'prepare_call'
      when unsubscribed = 1 then 'leave_alone'
      when lead_status = 'customer' then 'onboard'
      when lead_status = 'alumni' then 'retain'
      when sales_stage = 'closed_lost' then 'leave_alone'
      when lead_status = 'dormant' then 're_engage'
      when is_booked = 1 then 'follow_up'
      when sales_stage = 'proposal' then 'close_deal'
      when sales_stage = 'called' then 'send_proposal'
      when sales_stage = 'replied' then 'answer_reply'
      when lead_status = 'hot' then 'call_today'
      when lead_status = 'warm' then 'invite_to_call'
      when lead_status = 'engaged' then 'nurture'
      when sales_stage = 'new' then 'first_touch'
      else 'follow_up'
    end as derived_action
  from standing
)
select
  contact_id, stated_action,
  case
    when stated_action is null then derived_action
    when stated_action in {{next_action_codes()}} then stated_action
    else 'as_stated'
  end as next_action
from derived
