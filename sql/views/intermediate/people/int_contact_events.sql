-- Grain: happening of a contact, as the fold of P5 and the milestones read it. is_touch and
-- is_activity are defined here, once (L1). Mail that was never sent, an enrolment and a statement
-- are here without effect: they open the history.
-- Home of L1.
with contacts as (
  select contact_id, lead_added_at from stg_contacts
),
messages as (
  select * from int_email_messages
),
email_events as (
  select * from stg_email_events
),
calls as (
  select * from stg_calls
),
attempts as (
  select * from int_call_attempts
),
bookings as (
  select * from int_bookings
),
completed_calls as (
  select * from int_completed_calls
),
interactions as (
  select * from stg_interactions
),
purchases as (
  select * from stg_purchases
),
subscription_runs as (
  select contact_id, purchase_key, runs_until from int_subscription_runs
),
statements as (
  select * from stg_contact_statements
),
suppressions as (
  select * from stg_suppressions
),
enrolments as (
  select * from stg_enrolments
),
mail as (
  select
    contact_id,
    sent_at as occurred_at,
    'sent' as event,
    message_id as event_key,
    email_type as detail,
    1 as is_touch,
    0 as is_activity
  from messages
  where sent_at is not null
  union all
  -- One pass; what implies a send has its row above.
  select
    contact_id,
    occurred_at,
    case when event_type in ('opened', 'clicked', 'replied') then event_type else 'mail' end,
    event_id,
    '' as detail,
    0 as is_touch,
    case when event_type in ('clicked', 'replied') then 1 else 0 end as is_activity
  from email_events
  where is_human = 1 and event_type not in ('sent', 'delivered', 'complained', 'unsubscribed')
),
called as (
  -- Whoever dialled, and whenever: before the lead was added a call is no attempt (A1), but a touch
  -- or an activity.
  select
    contact_id,
    started_at as occurred_at,
    'call' as event,
    call_key as event_key,
    direction as detail,
    case
      when class <> 'no_call' and (direction = 'outbound' or is_phone = 0) then 1
      else 0
    end as is_touch,
    case
      when class <> 'no_call' and (direction = 'inbound' or is_connected = 1) then 1
      else 0
    end as is_activity
  from calls
  where started_at is not null
  union all
  select
    contact_id,
    attempted_at,
    'attempted' as event,
    call_key,
    class,
    1 as is_touch,
    is_connected as is_activity
  from attempts
  union all
  select
    contact_id,
    booked_at,
    'booked' as event,
    call_key,
    '' as detail,
    0 as is_touch,
    1 as is_activity
  from bookings
  union all
  select
    contact_id,
    completed_at,
    'call_completed' as event,
    call_key,
    outcome,
    0 as is_touch,
    1 as is_activity
  from completed_calls
  union all
  -- A deal is lost by a choice, never by an answer: whoever logs it sets the stage (S1, S2).
  select
    contact_id,
    coalesce(completed_at, started_at, booked_at),
    case outcome when 'closed_lost' then 'stated_stage' else outcome end as event,
    call_key,
    case outcome when 'closed_lost' then outcome else '' end as detail,
    0 as is_touch,
    0 as is_activity
  from calls
  where outcome in ('proposal_sent', 'closed_won', 'closed_lost')
),
met as (
  select
    contact_id, occurred_at,
    case
      when outcome in ('visited_pricing', 'replied', 'booked', 'converted', 'referral_given')
        then outcome
      when outcome in ('downloaded', 'ebook') then 'downloaded'
      when outcome in ('attended', 'trial', 'mock_test') then 'attended'
      else 'interaction'
    end as event,
    interaction_key as event_key,
    coalesce(outcome, '') as detail,
    case when direction = 'outbound' then 1 else 0 end as is_touch,
    case
      when direction = 'inbound' or coalesce(outcome, 'no_response') <> 'no_response' then 1
      else 0
    end as is_activity
  from interactions
),
bought as (
  select
    purchases.contact_id, purchased_at as occurred_at,
    case kind
      when 'refund' then 'refunded'
      when 'subscription' then 'receipt'
      else 'purchased'
    end as event,
    purchases.purchase_key as event_key,
    product_name as detail,
    case kind
      when 'refund' then coalesce(refund_of_key, '')
      else product_name || ' ' || currency
    end as subject,
    amount_minor,
    runs_until,
    0 as is_touch,
    case kind when 'refund' then 0 else 1 end as is_activity
  from purchases
  left join subscription_runs
    on subscription_runs.contact_id = purchases.contact_id
    and subscription_runs.purchase_key = purchases.purchase_key
  union all
  select
    contact_id,
    coalesce(completed_at, purchased_at),
    'completed' as event,
    purchase_key,
    product_name,
    purchase_key as subject,
    null as amount_minor,
    null as runs_until,
    0 as is_touch,
    0 as is_activity
  from purchases
  where is_completed = 1
),
statement_events as (
  select
    contact_id,
    observed_at as occurred_at,
    'stated' as event,
    observation_key as event_key,
    '' as detail,
    0 as is_touch,
    0 as is_activity
  from statements
  union all
  select
    contact_id,
    observed_at,
    'stated_status' as event,
    observation_key,
    lead_status as detail,
    0 as is_touch,
    0 as is_activity
  from statements
  where lead_status is not null
  union all
  select
    contact_id,
    observed_at,
    'stated_stage' as event,
    observation_key,
    sales_stage as detail,
    0 as is_touch,
    0 as is_activity
  from statements
  where sales_stage is not null
  union all
  select
    contact_id,
    last_contact_at,
    'contacted' as event,
    observation_key,
    '' as detail,
    1 as is_touch,
    0 as is_activity
  from statements
  where last_contact_at is not null
),
recorded as (
  select
    contact_id,
    lead_added_at as occurred_at,
    'added' as event,
    '' as event_key,
    '' as detail,
    0 as is_touch,
    0 as is_activity
  from contacts
  where lead_added_at is not null
  union all
  select
    contact_id,
    suppressed_at,
    case reason when 'hard_bounce' then 'suppressed' else 'unsubscribed' end as event,
    address,
    reason,
    0 as is_touch,
    0 as is_activity
  from suppressions
  union all
  select
    contact_id,
    enrolled_at,
    'enrolled' as event,
    enrolment_key,
    '' as detail,
    0 as is_touch,
    0 as is_activity
  from enrolments
),
unpriced as (
  select contact_id, occurred_at, event, event_key, detail, is_touch, is_activity from mail
  union all
  select contact_id, occurred_at, event, event_key, detail, is_touch, is_activity from called
  union all
  select contact_id, occurred_at, event, event_key, detail, is_touch, is_activity from met
  union all
  select
    contact_id, occurred_at, event, event_key, detail, is_touch, is_activity
  from statement_events
  union all
  select contact_id, occurred_at, event, event_key, detail, is_touch, is_activity from recorded
)
select
  contact_id,
  occurred_at,
  event,
  event_key,
  detail,
  '' as subject,
  cast(null as int64) as amount_minor,
  cast(null as int64) as runs_until,
  is_touch,
  is_activity
from unpriced
union all
select
  contact_id,
  occurred_at,
  event,
  event_key,
  detail,
  subject,
  amount_minor,
  runs_until,
  is_touch,
  is_activity
from bought
