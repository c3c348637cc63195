-- Grain: point of a contact's score (C1). Mail gives each point once per message and type, to
-- humans only; a click's open is in opened_human_at already (G2). What a point is still worth
-- halves per half-life, in integer thousandths, half up (C2, G6).
-- Home of C1.
with messages as (
  select * from int_email_messages
),
happenings as (
  select contact_id, occurred_at, event, event_key from int_contact_events
),
clock_now as (
  select as_of from stg_clock
),
mail as (
  select contact_id, message_id as event_key, 'open' as kind, opened_human_at as occurred_at
  from messages
  where opened_human_at is not null
  union all
  select contact_id, message_id, 'click', clicked_human_at
  from messages
  where clicked_human_at is not null
  union all
  select contact_id, message_id, 'reply', replied_at
  from messages
  where replied_at is not null
),
replies_elsewhere as (
  select contact_id, interaction_key as event_key, 'reply' as kind, occurred_at
  from stg_interactions
  where outcome = 'replied'
),
connections as (
  select contact_id, call_key as event_key, 'connected' as kind, started_at as occurred_at
  from stg_calls
  where is_connected = 1 and started_at is not null
),
others as (
  select
    contact_id, event_key,
    case event
      when 'completed' then 'completion'
      when 'purchased' then 'purchase'
      when 'receipt' then 'purchase'
      else event
    end
      as kind,
    occurred_at
  from happenings
  where event in (
    'downloaded',
    'attended',
    'visited_pricing',
    'booked',
    'referral_given',
    'completed',
    'purchased',
    'receipt'
  )
),
points as (
  select contact_id, event_key, kind, occurred_at from mail
  union all
  select contact_id, event_key, kind, occurred_at from replies_elsewhere
  union all
  select contact_id, event_key, kind, occurred_at from connections
  union all
  select contact_id, event_key, kind, occurred_at from others
),
weighed as (
  select
    contact_id,
    kind || ':' || event_key as points_key,
    kind,
    occurred_at,
    case kind
      when 'open' then {{rule(points_open)}}
      when 'click' then {{rule(points_click)}}
      when 'reply' then {{rule(points_reply)}}
      when 'downloaded' then {{rule(points_downloaded)}}
      when 'attended' then {{rule(points_attended)}}
      when 'visited_pricing' then {{rule(points_visited_pricing)}}
      when 'connected' then {{rule(points_connected)}}
      when 'booked' then {{rule(points_booked)}}
      when 'referral_given' then {{rule(points_referral_given)}}
      when 'completion' then {{rule(points_completion)}}
      else {{rule(points_purchase)}}
    end as points,
    cast(as_of - occurred_at as float64) / {{rule(score_half_life_ms)}} as half_lives
  from points
  cross join clock_now
  where occurred_at <= as_of
)
select
  contact_id, points_key, kind, occurred_at, points,
  cast(floor(1000 * points * exp(-ln(2.0) * half_lives) + 0.5) as int64) as milli_now
from weighed
