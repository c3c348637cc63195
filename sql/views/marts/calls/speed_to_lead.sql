-- Grain: week of lead_added_at × lead type × row of speed to lead, one of ten buckets or three
-- categories (R2). Every lead stands in exactly one row.
with leads as (
  select
    week_start,
    iso_week,
    lead_type,
    bucket_no,
    bucket,
    category,
    precision_s,
    wall_ms,
    business_ms,
    is_connected,
    coalesce(is_paid, 0) as is_paid,
    -- A median is over the leads that have minutes: two categories have none.
    cume_dist() over (partition by week_start, lead_type, bucket_no order by wall_ms)
      as wall_portion,
    cume_dist() over (partition by week_start, lead_type, bucket_no order by business_ms)
      as business_portion
  from int_speed_to_lead
  join int_contacts on int_contacts.contact_id = int_speed_to_lead.contact_id
  left join (
    select
      contact_id, max(case when kind <> 'refund' and is_refunded = 0 then 1 else 0 end) as is_paid
    from int_purchases
    group by contact_id
  ) as payers on payers.contact_id = int_speed_to_lead.contact_id
),
counted as (
  select
    week_start, iso_week, lead_type, bucket_no, bucket, category, precision_s,
    count(*) as leads,
    sum(is_connected) as connected,
    sum(is_paid) as paid,
    {{percentile(0.5, wall_ms, wall_portion)}} as median_wall_ms,
    {{percentile(0.5, business_ms, business_portion)}} as median_business_ms
  from leads
  group by week_start, iso_week, lead_type, bucket_no, bucket, category, precision_s
),
shared as (
  select *, sum(leads) over (partition by week_start, lead_type) as all_leads
  from counted
)
select
  iso_week as period,
  week_start,
  lead_type,
  bucket,
  bucket_no,
  category,
  leads,
  all_leads,
  {{ratio(leads, all_leads)}} as share,
  connected,
  {{rate_columns(connected_rate, connected, leads)}},
  paid,
  {{rate_columns(paid_rate, paid, leads)}},
  case when leads < {{rule(min_leads)}} then 1 else 0 end as below_threshold,
  median_wall_ms / 60000.0 as median_minutes_wall,
  median_business_ms / 60000.0 as median_minutes_business,
  precision_s as precision_seconds
from shared
