-- Grain: lead, with its cohort week and its segments. Leads alike in all of them share segment_no,
-- so that the funnel counts and sorts by numbers and says the names at its end.
select
  contact_id,
  week_start,
  iso_week,
  channel,
  lead_type,
  tier,
  coalesce(deal_value_minor, 0) as deal_value_minor,
  dense_rank() over (order by week_start, channel, lead_type, tier) as segment_no
from int_contacts
join stg_calendar on stg_calendar.day = int_contacts.lead_added_day
