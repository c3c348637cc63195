-- Grain: contact that somebody's purchase names as its referrer, with the number of those people
-- (L3). Of everyone, whatever the scope.
select identities.contact_id, count(distinct purchases.contact_id) as referrals
from stg_purchases as purchases
join stg_identities as identities
  on identities.kind = purchases.referrer_kind and identities.value = purchases.referrer_value
where purchases.contact_id <> identities.contact_id
group by identities.contact_id
