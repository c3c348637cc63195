-- Grain: contact added by as_of, without anything that names the person (R12).
with contacts as (
  select * from int_contacts
),
milestones as (
  select * from int_contact_milestones
)
select
  contact_key,
  lead_added_at,
  lead_added_day,
  channel,
  lead_type,
  offer,
  term,
  year_level,
  tier,
  country,
  industry,
  utm_source,
  utm_medium,
  utm_campaign,
  lead_status,
  sales_stage,
  unsubscribed,
  vip,
  cast(score_milli as float64) / 1000 as score,
  first_touch_at,
  last_touch_at,
  last_activity_at,
  first_attempt_at,
  first_connection_at,
  first_reply_at,
  first_booking_at,
  first_purchase_at,
  completion_at,
  next_follow_up_at,
  emails_sent,
  emails_opened,
  emails_clicked,
  emails_replied,
  calls_booked,
  calls_completed,
  attempts,
  connections,
  referrals,
  next_action,
  deal_value_minor as deal_value,
  ltv_minor as ltv,
  currency,
  closed_at
from contacts
join milestones on milestones.contact_id = contacts.contact_id
join int_contact_status on int_contact_status.contact_id = contacts.contact_id
join int_contact_vips on int_contact_vips.contact_id = contacts.contact_id
join int_contact_scores on int_contact_scores.contact_id = contacts.contact_id
join int_next_actions on int_next_actions.contact_id = contacts.contact_id
left join int_deals on int_deals.contact_id = contacts.contact_id
cross join int_house_currency
