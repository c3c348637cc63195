-- Law: the additive columns of daily sum to their facts.
with days as (
  select sum(leads_added) as leads, sum(dials) as dials, sum(purchases) as purchases, sum(revenue) as revenue from daily
),
leads as (
  select count(*) as leads from int_contacts
),
attempts as (
  select count(*) as dials from int_call_attempts
),
sales as (
  select
    sum(case when kind = 'refund' then 0 else 1 end) as purchases, sum(amount_minor * is_house_currency) as revenue
  from int_purchases
  join int_contacts on int_contacts.contact_id = int_purchases.contact_id
)
select 'daily' as check_key, days.leads, days.dials, days.purchases, days.revenue
from days
cross join leads
cross join attempts
cross join sales
where coalesce(days.leads, 0) <> leads.leads
  or coalesce(days.dials, 0) <> attempts.dials
  or coalesce(days.purchases, 0) <> coalesce(sales.purchases, 0)
  or coalesce(days.revenue, 0) <> coalesce(sales.revenue, 0)
