-- Grain: click in a burst, i.e. among clicks on several distinct links of one message within a moment (F5). Only the rare starts
-- that enough clicks follow in time are counted link by link, so that the usual click costs one window.
with clicks as (
  select contact_id, message_id, event_id, occurred_at, coalesce(link, '') as link
  from {{table(email_events)}}
  where event_type = 'clicked'
    and occurred_at <= (select as_of from clock)
    and contact_id between (select lo from scope) and (select hi from scope)
),
followed as (
  select
    *,
    lead(occurred_at, {{rule(machine_click_links, -1)}})
      over (partition by contact_id, message_id order by occurred_at, event_id) as enough_at
  from clicks
),
starts as (
  select distinct contact_id, message_id, occurred_at as starts_at
  from followed
  where enough_at - occurred_at <= {{rule(machine_click_within_ms)}}
),
bursts as (
  select starts.contact_id, starts.message_id, starts.starts_at
  from starts
  join clicks
    on clicks.contact_id = starts.contact_id
    and clicks.message_id = starts.message_id
    and clicks.occurred_at between starts.starts_at and starts.starts_at + {{rule(machine_click_within_ms)}}
  group by starts.contact_id, starts.message_id, starts.starts_at
  having count(distinct clicks.link) >= {{rule(machine_click_links)}}
)
select distinct clicks.contact_id, clicks.event_id, clicks.occurred_at
from bursts
join clicks
  on clicks.contact_id = bursts.contact_id
  and clicks.message_id = bursts.message_id
  and clicks.occurred_at between bursts.starts_at and bursts.starts_at + {{rule(machine_click_within_ms)}}
