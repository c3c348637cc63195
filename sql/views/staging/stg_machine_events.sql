-- Grain: open, click or automatic answer that a machine made (F4, F5), each way of knowing it a
-- CTE. What tells may arrive later than the event, so this is read from stored signals and never
-- stamped at landing. Searches by contact and instant, which is the key of the table, find the few
-- that timing tells; the usual event costs no window and no sort. A click whose link is not told is
-- none of several distinct ones. A stated actor stands: signals judge only where none is stated.
-- Home of F5.
with events as (
  select
    contact_id, message_id, event_id, occurred_at, event_type, actor, http_method,
    lower(coalesce(user_agent, '')) as agent_text, link,
    case when coalesce(actor, 'unknown') = 'unknown' then 1 else 0 end as is_judged
  from {{table(email_events)}}
  where occurred_at <= (select as_of from clock)
    and contact_id between (select lo from scope) and (select hi from scope)
),
deliveries as (
  select
    contact_id, message_id, occurred_at as delivered_at
  from events where event_type = 'delivered'
),
opens as (
  select contact_id, message_id, event_id, occurred_at
  from events
  where event_type = 'opened' and is_judged = 1
),
clicks as (
  select contact_id, message_id, event_id, occurred_at, link, is_judged
  from events
  where event_type = 'clicked'
),
flagged as (
  select contact_id, event_id, occurred_at
  from events
  where event_type = 'auto_replied'
    or event_type in ('opened', 'clicked')
    and (
      actor = 'machine'
      or is_judged = 1 and (http_method = 'HEAD' or {{machine_agent(agent_text)}})
    )
),
opened_soon as (
  select distinct opens.contact_id, opens.message_id, opens.event_id, opens.occurred_at
  from opens
  join deliveries
    on deliveries.contact_id = opens.contact_id
    and deliveries.message_id = opens.message_id
    and deliveries.delivered_at
      between opens.occurred_at - {{rule(machine_open_within_ms)}} and opens.occurred_at
),
opened_at_once as (
  select opened_soon.contact_id, opened_soon.event_id, opened_soon.occurred_at
  from opened_soon
  join deliveries
    on deliveries.contact_id = opened_soon.contact_id
    and deliveries.message_id = opened_soon.message_id
  group by opened_soon.contact_id, opened_soon.event_id, opened_soon.occurred_at
  having min(delivered_at) >= opened_soon.occurred_at - {{rule(machine_open_within_ms)}}
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
    and clicks.occurred_at
      between starts.starts_at and starts.starts_at + {{rule(machine_click_within_ms)}}
  group by starts.contact_id, starts.message_id, starts.starts_at
  having count(distinct clicks.link) >= {{rule(machine_click_links)}}
),
clicked_in_bursts as (
  select clicks.contact_id, clicks.event_id, clicks.occurred_at
  from bursts
  join clicks
    on clicks.contact_id = bursts.contact_id
    and clicks.message_id = bursts.message_id
    and clicks.occurred_at
      between bursts.starts_at and bursts.starts_at + {{rule(machine_click_within_ms)}}
  where clicks.is_judged = 1
),
machines as (
  select contact_id, event_id, occurred_at from flagged
  union all
  select contact_id, event_id, occurred_at from opened_at_once
  union all
  select contact_id, event_id, occurred_at from clicked_in_bursts
)
select distinct contact_id, event_id, occurred_at from machines
