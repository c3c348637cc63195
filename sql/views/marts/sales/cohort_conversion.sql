-- Grain: cohort week of lead_added_at (and one 'all') × dimension × value × age in whole days at
-- which somebody bought or was last seen without having bought. Kaplan–Meier: what has converted by
-- an age, although younger leads were watched for a shorter time. The product of the daily
-- survivals is the exponential of a sum of logarithms; a day on which all who were left converted
-- has none, so it ends the curve at 1. At one age conversions come before censorings.
with contacts as (
  select
    contact_id, lead_added_at, lead_added_day, lead_type, offer, term, year_level, channel, tier
  from int_contacts
),
purchases as (
  select contact_id, purchased_at
  from int_purchases
  where is_first_purchase = 1
),
watched as (
  select
    lead_type, offer, term, year_level, channel, tier, iso_week, week_start,
    case when purchased_at is null then 0 else 1 end as converted,
    case
      when purchased_at is null then as_of - lead_added_at
      when purchased_at < lead_added_at then 0
      else purchased_at - lead_added_at
    end as watched_ms
  from contacts
  cross join stg_clock
  join stg_calendar on stg_calendar.day = lead_added_day
  left join purchases on purchases.contact_id = contacts.contact_id
),
combined as (
  select
    lead_type, offer, term, year_level, channel, tier, iso_week, week_start,
    cast(floor(cast(watched_ms as float64) / 86400000) as int64) as age_days,
    sum(converted) as converted,
    sum(1 - converted) as censored
  from watched
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9
),
dimensions as (
  {{dimension_rows(leads)}}
),
cohorts as (
  select 1 as is_all union all select 0 as is_all
),
counted as (
  select
    dimension,
    {{dimension_value(leads)}} as dimension_value,
    case when is_all = 1 then 'all' else iso_week end as cohort,
    case when is_all = 1 then null else week_start end as week_start,
    age_days, sum(converted) as converted, sum(censored) as censored
  from combined
  cross join dimensions
  cross join cohorts
  group by 1, 2, 3, 4, 5
),
at_risk_of as (
  select
    *,
    sum(converted + censored) over (partition by dimension, dimension_value, cohort) as leads,
    sum(converted + censored) over (
      partition by dimension, dimension_value, cohort
      order by age_days desc
      rows unbounded preceding
    ) as at_risk
  from counted
),
steps as (
  select
    *,
    case
      when converted < at_risk then ln(cast(at_risk - converted as float64) / at_risk)
      else 0.0
    end as log_step,
    case
      when converted < at_risk then cast(converted as float64) / at_risk / (at_risk - converted)
      else 0.0
    end
      as variance_step,
    case when converted = at_risk then 1 else 0 end as is_end
  from at_risk_of
),
curves as (
  select
    *,
    sum(log_step) over (
      partition by dimension, dimension_value, cohort order by age_days rows unbounded preceding
    ) as log_survival,
    sum(variance_step) over (
      partition by dimension, dimension_value, cohort order by age_days rows unbounded preceding
    ) as variance
  from steps
),
spread_out as (
  select
    *,
    -- Greenwood's variance on the scale of log(−log S), where bounds stay within 0 and 1; neither 0
    -- nor 1 has such bounds.
    case
      when is_end = 0 and log_survival < 0 then exp({{z()}} * sqrt(variance) / -log_survival)
    end as spread
  from curves
)
select
  cohort,
  week_start,
  dimension,
  dimension_value as value,
  age_days,
  at_risk,
  converted,
  censored,
  case when is_end = 1 then 1.0 else 1 - exp(log_survival) end as conversion_rate,
  1 - exp(log_survival / spread) as conversion_rate_lo,
  1 - exp(log_survival * spread) as conversion_rate_hi,
  leads,
  case when leads < {{rule(min_leads)}} then 1 else 0 end as below_threshold
from spread_out
