-- Every conversion is credited whole, once per model and lookback that the model takes, and its
-- values are its revenue to the minor unit (R8b).
with credited as (
  select
    contact_id, conversion_no, model_no,
    sum(share_ppb * in_30d) as ppb_30d, sum(value_minor * in_30d) as minor_30d,
    sum(share_ppb * in_90d) as ppb_90d, sum(value_minor * in_90d) as minor_90d,
    sum(share_ppb * in_all) as ppb_all, sum(value_minor * in_all) as minor_all
  from int_attribution_credits
  group by contact_id, conversion_no, model_no
)
select
  contact_key,
  conversions.conversion_type,
  conversions.conversion_key,
  models.model,
  ppb_30d,
  ppb_90d,
  ppb_all
from int_conversions as conversions
join int_contacts on int_contacts.contact_id = conversions.contact_id
join int_attribution_applied as models on models.conversion_type = conversions.conversion_type
left join credited
  on credited.contact_id = conversions.contact_id
  and credited.conversion_no = conversions.conversion_no
  and credited.model_no = models.model_no
where coalesce(ppb_30d, 0) <> 1000000000 * takes_30d
  or coalesce(ppb_90d, 0) <> 1000000000 * takes_90d
  or coalesce(ppb_all, 0) <> 1000000000 * takes_all
  or minor_30d <> revenue_minor * takes_30d
  or minor_90d <> revenue_minor * takes_90d
  or minor_all <> revenue_minor * takes_all
