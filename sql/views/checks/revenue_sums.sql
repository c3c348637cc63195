-- Check: in every dimension, one-off purchases and receipts less refunds are all purchases of their
-- currency, and the customers are all who bought in it. MRR stands apart.
with published as (
  select
    dimension, currency, sum(one_off + subscription_receipts - refunds) as made, sum(net) as net,
    sum(customers) as customers,
    sum(case when active + churned > customers then 1 else 0 end) as uneven
  from revenue
  group by dimension, currency
),
purchases as (
  select
    currency,
    sum(amount) as amount,
    count(distinct case when kind <> 'refund' then contact_key end) as buyers
  from fct_purchase
  group by currency
)
select
  concat(purchases.currency, ' ', coalesce(dimension, 'none')) as check_key, made as published, net,
  amount as expected, customers, buyers, uneven
from purchases
left join published on published.currency = purchases.currency
where coalesce(made, amount + 1) <> amount or net <> amount or customers <> buyers or uneven > 0
