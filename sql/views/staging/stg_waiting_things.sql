-- Grain: thing observed by as_of that is not whole yet, with the first field that nobody has stated
-- (F1, F8). A refund needs no product of its own, but then the purchase that it names.
with observed as (
  select
    kind, thing_key, min(observed_at) as observed_at, min(landed_at) as landed_at,
    max({{stated(refund_of_key)}}) as refund_of_key, max({{stated(product_name)}}) as product_name,
    max({{stated(amount_minor)}}) as amount_minor, max({{stated(purchased_at)}}) as purchased_at
  from {{table(observations)}}
  where kind in ('interaction', 'call', 'purchase', 'campaign', 'enrolment', 'ad_spend')
    and observed_at <= (select as_of from clock)
  group by kind, thing_key
),
others as (
  select 'campaign' as kind, campaign_id as thing_key from {{table(campaigns)}}
  union all
  select 'ad_spend', spend_key from {{table(ad_spend)}}
  union all
  -- One of several keys of a thing, which is a row under one of them.
  select kind, thing_key from {{table(thing_links)}}
),
-- payment: the purchase under the name by which its refund may call it.
payments as (
  select contact_id, payment_key, max(product_name) as product_name
  from {{table(purchases)}}
  where payment_key is not null
  group by contact_id, payment_key
),
whole as (
  select kind, thing_key from others
  union all
  select 'interaction', interaction_key from {{table(interactions)}}
  union all
  select 'call', call_key from {{table(calls)}}
  where coalesce(booked_at, started_at, completed_at) is not null
  union all
  select 'enrolment', enrolment_key from {{table(enrolments)}}
  union all
  select 'purchase', purchases.purchase_key
  from {{table(purchases)}} as purchases
  left join {{table(purchases)}} as named
    on named.contact_id = purchases.contact_id
    and named.purchase_key = purchases.refund_of_key
    and named.kind <> 'refund'
  left join payments
    on payments.contact_id = purchases.contact_id and payments.payment_key = purchases.refund_of_key
  where coalesce(purchases.product_name, named.product_name, payments.product_name) is not null
)
select
  observed.kind, observed.thing_key, observed.observed_at, observed.landed_at,
  case
    when observed.kind = 'call' then 'booked_at, started_at or completed_at'
    when observed.kind <> 'purchase' then 'required fields'
    when observed.amount_minor is null then 'amount'
    when observed.purchased_at is null then 'purchased_at'
    when observed.product_name is not null then 'currency'
    when observed.refund_of_key is not null then 'the purchase it refunds'
    else 'product'
  end as waits_for
from observed
left join whole on whole.kind = observed.kind and whole.thing_key = observed.thing_key
where whole.thing_key is null
