-- Grain: contact. VIP by LTV, by referrals or by hand (L3). The percentile is the whole house's, so this view is only true for everyone.
with contacts as (
  select contact_id, coalesce(vip_by_hand, 0) as vip_by_hand from stg_contacts
),
purchases as (
  select contact_id, currency, amount_minor, referrer_kind, referrer_value from stg_purchases
),
ltvs as (
  select contact_id, currency, sum(amount_minor) as ltv_minor
  from purchases
  group by contact_id, currency
),
house_ltvs as (
  select ltvs.contact_id, ltv_minor
  from ltvs
  join int_house_currency on int_house_currency.currency = ltvs.currency
),
buyers as (
  select ltvs.contact_id, ltvs.currency, ltv_minor
  from ltvs
  join int_contact_status on int_contact_status.contact_id = ltvs.contact_id
  where ltv_minor > 0 and lead_status in ('customer', 'alumni')
),
ranked as (
  select
    currency, ltv_minor,
    row_number() over (partition by currency order by ltv_minor) as place,
    count(*) over (partition by currency) as buyers
  from buyers
),
thresholds as (
  -- Percentile p of n values is the value at row ceil(p · n) (G9); the hair below keeps 0.9 · 20 at row 18.
  select currency, min(ltv_minor) as ltv_minor
  from ranked
  cross join rules
  where buyers >= vip_min_customers and place >= ceil(vip_percentile * buyers - 0.000001)
  group by currency
),
vip_by_ltv as (
  select distinct ltvs.contact_id
  from ltvs
  join thresholds on thresholds.currency = ltvs.currency
  where ltvs.ltv_minor >= thresholds.ltv_minor
),
named as (
  select identities.contact_id, count(distinct purchases.contact_id) as referrals
  from purchases
  join stg_identities as identities
    on identities.kind = purchases.referrer_kind and identities.value = purchases.referrer_value
  where purchases.contact_id <> identities.contact_id
  group by identities.contact_id
),
given as (
  select contact_id, count(*) as referrals
  from stg_interactions
  where outcome = 'referral_given'
  group by contact_id
),
counted as (
  select
    contacts.contact_id, vip_by_hand,
    case when vip_by_ltv.contact_id is not null then 1 else 0 end as is_vip_by_ltv,
    coalesce(house_ltvs.ltv_minor, 0) as ltv_minor,
    case when coalesce(named.referrals, 0) > coalesce(given.referrals, 0) then named.referrals else coalesce(given.referrals, 0) end
      as referrals
  from contacts
  left join vip_by_ltv on vip_by_ltv.contact_id = contacts.contact_id
  left join house_ltvs on house_ltvs.contact_id = contacts.contact_id
  left join named on named.contact_id = contacts.contact_id
  left join given on given.contact_id = contacts.contact_id
)
select
  contact_id,
  case when vip_by_hand = 1 or is_vip_by_ltv = 1 or referrals >= vip_min_referrals then 1 else 0 end as vip,
  ltv_minor,
  referrals
from counted
cross join rules
