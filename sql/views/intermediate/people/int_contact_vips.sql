-- Grain: contact. VIP by LTV, by referrals or by hand (L3).
-- Home of L3.
with contacts as (
  select contact_id, coalesce(vip_by_hand, 0) as vip_by_hand from stg_contacts
),
ltvs as (
  select * from int_lifetime_values
),
house_ltvs as (
  select ltvs.contact_id, ltv_minor
  from ltvs
  join int_house_currency on int_house_currency.currency = ltvs.currency
),
vip_by_ltv as (
  select distinct ltvs.contact_id
  from ltvs
  join int_vip_thresholds as thresholds on thresholds.currency = ltvs.currency
  where ltvs.ltv_minor >= thresholds.ltv_minor
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
    case
      when coalesce(named.referrals, 0) > coalesce(given.referrals, 0) then named.referrals
      else coalesce(given.referrals, 0)
    end as referrals
  from contacts
  left join vip_by_ltv on vip_by_ltv.contact_id = contacts.contact_id
  left join house_ltvs on house_ltvs.contact_id = contacts.contact_id
  left join int_named_referrals as named on named.contact_id = contacts.contact_id
  left join given on given.contact_id = contacts.contact_id
)
select
  contact_id,
  case
    when vip_by_hand = 1 or is_vip_by_ltv = 1 or referrals >= {{rule(vip_min_referrals)}} then 1
    else 0
  end as vip,
  ltv_minor,
  referrals
from counted
