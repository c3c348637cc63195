-- Grain: business day of the seeded span, with its week, month, hours and the business time before
-- it (G9).
select
  day,
  starts_at,
  ends_at,
  week_start,
  iso_week,
  month_start,
  month,
  is_business_day,
  opens_at,
  closes_at,
  business_ms_before
from {{table(calendar)}}
