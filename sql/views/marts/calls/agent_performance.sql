-- Grain: agent × dimension × value × period (ISO weeks and one 'all'), R3. A pair is a named agent
-- and a lead with an attempt or a credited first purchase in the period; the house rate of a lead
-- type and tier is purchases over pairs, and an agent's expectation that rate over the agent's own
-- pairs, so that over the house expected = credited.
-- Home of R3.
with contacts as (
  select contact_id, lead_type, term, tier, lead_added_at from int_contacts
),
attempts as (
  select * from int_call_attempts
),
happenings as (
  select
    agent_id, contact_id, attempted_day as day, 1 as dials, is_connected as connected,
    case when is_connected = 1 then coalesce(duration_s, 0) else 0 end as talk_s, 0 as paid
  from attempts
  union all
  select
    agent_id, contact_id, purchased_day as day, 0 as dials, 0 as connected, 0 as talk_s, 1 as paid
  from int_purchases
  where is_first_purchase = 1
),
weekly as (
  select
    iso_week as period, week_start, agent_id, contact_id,
    sum(dials) as dials, sum(connected) as connected, sum(talk_s) as talk_s, sum(paid) as paid
  from happenings
  -- Crossed, not joined: SQLite then looks up the day of each, and indexes no happenings.
  cross join stg_calendar
  where stg_calendar.day = happenings.day
  group by contact_id, agent_id, iso_week, week_start
),
pairs as (
  select * from weekly
  union all
  select
    'all' as period, cast(null as string) as week_start, agent_id, contact_id,
    sum(dials) as dials, sum(connected) as connected, sum(talk_s) as talk_s, sum(paid) as paid
  from weekly
  group by contact_id, agent_id
),
cells as (
  select
    period, week_start, agent_id, lead_type, term, tier,
    count(*) as pairs, sum(case when dials > 0 then 1 else 0 end) as leads_handled,
    sum(dials) as dials, sum(connected) as connected, sum(talk_s) as talk_s, sum(paid) as paid
  from pairs
  join contacts on contacts.contact_id = pairs.contact_id
  group by 1, 2, 3, 4, 5, 6
),
placed as (
  select
    *, case when agent_id = 'unknown' then 0 else 1 end as is_named
  from cells
),
rated as (
  select
    *,
    sum(paid) over house as house_paid,
    sum(pairs) over house as house_pairs,
    sum(pairs) over (
      partition by period, lead_type, tier, is_named
      order by agent_id, term
      rows unbounded preceding
    ) as pairs_so_far
  from placed
  window house as (partition by period, lead_type, tier, is_named)
),
floored as (
  select
    *, cast(floor(cast(house_paid as float64) * 1000000000 / house_pairs) as int64) as floor_ppb
  from rated
),
spared as (
  select *, house_paid * 1000000000 - floor_ppb * house_pairs as spare_ppb
  from floored
),
expected as (
  -- The billionths that the rounded rate leaves over go to the first pairs, one each, so that the
  -- sum is exact.
  select
    *,
    case when is_named = 1 then
      pairs * floor_ppb
      + case when pairs_so_far < spare_ppb then pairs_so_far else spare_ppb end
      - case when pairs_so_far - pairs < spare_ppb then pairs_so_far - pairs else spare_ppb end
    end as expected_ppb
  from spared
),
dimensions as (
  {{dimension_rows(agents)}}
),
periods as (
  select 1 as is_all union all select 0 as is_all
),
counted as (
  select
    agent_id, dimension,
    {{dimension_value(agents)}} as dimension_value,
    period, week_start,
    sum(leads_handled) as leads_handled,
    sum(dials) as dials,
    sum(connected) as connected,
    sum(talk_s) as talk_s,
    sum(paid) as paid, sum(expected_ppb) as expected_ppb, sum(pairs) as pairs
  from expected
  cross join dimensions
  group by 1, 2, 3, 4, 5
),
firsts as (
  select
    agent_id, dimension,
    {{dimension_value(agents)}} as dimension_value,
    case when is_all = 1 then 'all' else iso_week end as period,
    attempted_at - lead_added_at as speed_ms
  from attempts
  join contacts on contacts.contact_id = attempts.contact_id
  join stg_calendar on stg_calendar.day = attempted_day
  cross join dimensions
  cross join periods
  where attempt_no = 1
),
ordered as (
  select
    *,
    cume_dist() over (partition by agent_id, dimension, dimension_value, period order by speed_ms)
      as portion
  from firsts
),
medians as (
  select
    agent_id, dimension, dimension_value, period, {{percentile(0.5, speed_ms, portion)}} as speed_ms
  from ordered
  group by agent_id, dimension, dimension_value, period
),
measured as (
  select
    counted.*, speed_ms,
    expected_ppb / 1000000000.0 as expected_paid,
    -- A pair's part may be rounded down by a billionth: three thirds are one.
    case
      when expected_ppb + pairs >= {{rule(min_expected_paid)}} * 1000000000
        then expected_ppb / 1000000000.0
    end as base
  from counted
  left join medians
    on medians.agent_id = counted.agent_id
    and medians.dimension = counted.dimension
    and medians.dimension_value = counted.dimension_value
    and medians.period = counted.period
)
select
  agent_id as agent,
  dimension,
  dimension_value as value,
  period,
  week_start,
  leads_handled,
  dials,
  connected,
  {{rate_columns(pickup_rate, connected, dials)}},
  case when leads_handled < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  paid as paid_conversions,
  {{ratio(paid, leads_handled)}} as paid_per_lead,
  {{ratio(paid * 100, dials)}} as paid_per_100_dials,
  talk_s / 60.0 as talk_minutes,
  speed_ms / 60000.0 as median_speed_minutes,
  expected_paid,
  paid / base as performance_index,
  lower_bound / base as performance_index_lo,
  upper_bound / base as performance_index_hi
from measured
left join stg_poisson_bounds on stg_poisson_bounds.events = paid
