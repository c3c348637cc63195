-- Grain: dimension × value × month of the customer's first purchase × currency. A customer's rows,
-- receipts and refunds among them, stand where the first purchase stands, whenever they were made;
-- channel, campaign and message are those of the first touch before it. A lifetime value over so
-- many days takes only customers who have been watched for as long, so that a young month is not a
-- poor one.
with contacts as (
  select contact_id, lead_type, offer, term, year_level, tier from int_contacts
),
purchases as (
  select * from int_purchases
),
firsts as (
  select
    contact_id,
    min(case when is_first_purchase = 1 then purchased_at end) as first_at,
    coalesce(min(case when is_first_purchase = 1 then purchased_day end), min(purchased_day))
      as first_day,
    coalesce(max(case when is_first_purchase = 1 then product_name end), 'unknown') as training,
    coalesce(max(case when is_first_purchase = 1 then agent_id end), 'unknown') as agent
  from purchases
  group by contact_id
),
touches as (
  select
    firsts.contact_id, channel, campaign, message,
    row_number() over (
      partition by firsts.contact_id order by is_weak, touches.occurred_at, place, touch_key
    ) as touch_no
  from int_touches as touches
  join firsts on firsts.contact_id = touches.contact_id
  where touches.occurred_at <= first_at
),
ranked as (
  select
    purchases.*, first_at, as_of,
    row_number() over (
      partition by purchases.contact_id, product_name, currency,
        case when kind = 'subscription' and is_refunded = 0 then 1 else 0 end
      order by purchased_at desc, purchase_key desc
    ) as from_last
  from purchases
  join firsts on firsts.contact_id = purchases.contact_id
  cross join stg_clock
),
lines as (
  select
    *,
    case
      when kind = 'subscription' and is_refunded = 0 and from_last = 1 and as_of < runs_until then 1
      else 0
    end
      as is_running
  from ranked
),
amounts as (
  select
    contact_id, currency,
    max(case when kind = 'refund' then 0 else 1 end) as is_customer,
    max(case when kind = 'subscription' then 1 else 0 end) as is_subscriber,
    max(is_running) as is_active,
    sum(case when kind = 'one_off' then amount_minor else 0 end) as one_off,
    sum(case when kind = 'subscription' then amount_minor else 0 end) as subscription_receipts,
    sum(case when kind = 'refund' then -amount_minor else 0 end) as refunds,
    sum(amount_minor) as net,
    sum(case
      when is_running = 1
        then cast(floor(cast(amount_minor as float64) / period_months + 0.5) as int64)
      else 0
    end)
      as mrr,
    max(case when kind <> 'refund' and as_of - first_at >= {{rule(ltv_30_ms)}} then 1 else 0 end)
      as customer_30,
    max(case when kind <> 'refund' and as_of - first_at >= {{rule(ltv_90_ms)}} then 1 else 0 end)
      as customer_90,
    max(case when kind <> 'refund' and as_of - first_at >= {{rule(ltv_365_ms)}} then 1 else 0 end)
      as customer_365,
    sum(case when purchased_at - first_at < {{rule(ltv_30_ms)}} then amount_minor else 0 end)
      as net_30,
    sum(case when purchased_at - first_at < {{rule(ltv_90_ms)}} then amount_minor else 0 end)
      as net_90,
    sum(case when purchased_at - first_at < {{rule(ltv_365_ms)}} then amount_minor else 0 end)
      as net_365
  from lines
  group by contact_id, currency
),
people as (
  select
    amounts.*, month, month_start, training, agent, lead_type, offer, term, year_level, tier,
    coalesce(channel, 'unattributed') as channel,
    coalesce(campaign, 'unattributed') as campaign,
    coalesce(message, 'unattributed') as message
  from amounts
  join contacts on contacts.contact_id = amounts.contact_id
  join firsts on firsts.contact_id = amounts.contact_id
  join stg_calendar on stg_calendar.day = first_day
  left join touches on touches.contact_id = amounts.contact_id and touch_no = 1
),
dimensions as (
  {{dimension_rows(customers)}}
),
stood as (
  select
    dimension,
    {{dimension_value(customers)}} as dimension_value,
    people.*
  from people
  cross join dimensions
),
counted as (
  select
    dimension, dimension_value, month, month_start, currency,
    sum(is_customer) as customers,
    sum(one_off) as one_off,
    sum(subscription_receipts) as subscription_receipts,
    sum(refunds) as refunds, sum(net) as net, sum(mrr) as mrr,
    sum(is_active) as active, sum(is_subscriber - is_active) as churned,
    sum(customer_30) as customers_30, sum(net_30 * customer_30) as net_30,
    sum(customer_90) as customers_90, sum(net_90 * customer_90) as net_90,
    sum(customer_365) as customers_365, sum(net_365 * customer_365) as net_365
  from stood
  group by dimension, dimension_value, month, month_start, currency
)
select
  dimension,
  dimension_value as value,
  month as cohort,
  month_start,
  counted.currency,
  customers,
  one_off,
  subscription_receipts,
  refunds,
  net,
  mrr,
  {{mean_minor(net_30, customers_30)}} as ltv_30,
  {{mean_minor(net_90, customers_90)}} as ltv_90,
  {{mean_minor(net_365, customers_365)}} as ltv_365,
  active,
  churned,
  customers_30, net_30, customers_90, net_90, customers_365, net_365,
  case when counted.currency = int_house_currency.currency then 1 else 0 end as is_house_currency
from counted
cross join int_house_currency
