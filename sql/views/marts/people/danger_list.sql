-- Grain: lead in danger: often tried, never reached, not paid (R4). The most tried stand first,
-- then the oldest.
-- Home of R4.
with tried as (
  select
    contact_id, count(*) as attempts, sum(is_connected) as connections,
    count(distinct case when agent_id <> 'unknown' then agent_id end) as agents_tried,
    min(attempted_at) as first_attempt, max(attempted_at) as last_attempt
  from int_call_attempts
  group by contact_id
),
payers as (
  select distinct contact_id
  from int_purchases
  where kind <> 'refund' and is_refunded = 0
),
endangered as (
  select
    int_contacts.contact_id,
    contact_key,
    lead_type,
    attempts,
    agents_tried,
    first_attempt,
    last_attempt,
    lead_added_at,
    row_number() over (order by attempts desc, lead_added_at, contact_key) as rank
  from tried
  join int_contacts on int_contacts.contact_id = tried.contact_id
  left join payers on payers.contact_id = tried.contact_id
  where attempts >= {{rule(danger_min_attempts)}}
    and connections = 0
    and payers.contact_id is null
)
select
  rank, contact_key, lead_type, attempts, agents_tried, first_attempt, last_attempt,
  cast(floor((as_of - lead_added_at) / 86400000.0) as int64) as days_since_added,
  next_action
from endangered
join int_next_actions on int_next_actions.contact_id = endangered.contact_id
cross join stg_clock
where rank <= {{rule(danger_top)}}
