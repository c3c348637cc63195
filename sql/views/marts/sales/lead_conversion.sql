-- Grain: dimension × value × period (months of lead_added_at, and one 'all'). Leads are counted
-- once per combination of segments and then stood on end; only converters are, one by one, for the
-- median.
-- Home of R7.
with contacts as (
  select
    contact_id, lead_added_at, lead_added_day, lead_type, offer, term, year_level, channel, tier
  from int_contacts
),
purchases as (
  select
    contact_id,
    min(case when is_first_purchase = 1 then purchased_at end) as first_purchase_at,
    sum(amount_minor * is_house_currency) as revenue_minor,
    sum(case when is_house_currency = 0 and kind <> 'refund' then 1 else 0 end)
      as other_currency_purchases
  from int_purchases
  group by contact_id
),
leads as (
  select
    lead_type, offer, term, year_level, channel, tier, month, month_start,
    case when first_purchase_at is not null then 1 else 0 end as converted,
    coalesce(revenue_minor, 0) as revenue_minor,
    coalesce(other_currency_purchases, 0) as other_currency_purchases,
    case
      when first_purchase_at < lead_added_at then 0
      else first_purchase_at - lead_added_at
    end as convert_ms
  from contacts
  join stg_calendar on stg_calendar.day = lead_added_day
  left join purchases on purchases.contact_id = contacts.contact_id
),
dimensions as (
  {{dimension_rows(leads)}}
),
periods as (
  select 1 as is_all union all select 0 as is_all
),
combined as (
  select
    lead_type, offer, term, year_level, channel, tier, month, month_start,
    count(*) as leads, sum(converted) as conversions, sum(revenue_minor) as revenue_minor,
    sum(other_currency_purchases) as other_currency_purchases
  from leads
  group by lead_type, offer, term, year_level, channel, tier, month, month_start
),
-- One line per combination and, beside it, one per converter: the same unpivot serves the counts
-- and the medians.
lines as (
  select *, cast(null as int64) as convert_ms from combined
  union all
  select
    lead_type, offer, term, year_level, channel, tier, month, month_start,
    0 as leads, 0 as conversions, 0 as revenue_minor, 0 as other_currency_purchases, convert_ms
  from leads
  where converted = 1
),
stood as (
  select
    dimension,
    {{dimension_value(leads)}} as dimension_value,
    case when is_all = 1 then 'all' else month end as period,
    case when is_all = 1 then null else month_start end as month_start,
    leads, conversions, revenue_minor, other_currency_purchases, convert_ms
  from lines
  cross join dimensions
  cross join periods
),
counted as (
  select
    dimension, dimension_value, period, month_start,
    sum(leads) as leads, sum(conversions) as conversions, sum(revenue_minor) as revenue_minor,
    sum(other_currency_purchases) as other_currency_purchases
  from stood
  where convert_ms is null
  group by dimension, dimension_value, period, month_start
),
ordered as (
  select
    dimension, dimension_value, period, convert_ms,
    cume_dist() over (partition by dimension, dimension_value, period order by convert_ms)
      as portion
  from stood
  where convert_ms is not null
),
medians as (
  select dimension, dimension_value, period, {{percentile(0.5, convert_ms, portion)}} as convert_ms
  from ordered
  group by dimension, dimension_value, period
)
select
  counted.dimension,
  counted.dimension_value as value,
  counted.period,
  month_start,
  leads,
  conversions,
  {{rate_columns(conversion_rate, conversions, leads)}},
  case when leads < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  revenue_minor as revenue,
  currency,
  other_currency_purchases,
  convert_ms / 86400000.0 as median_days_to_convert
from counted
cross join int_house_currency
left join medians
  on medians.dimension = counted.dimension
  and medians.dimension_value = counted.dimension_value
  and medians.period = counted.period
