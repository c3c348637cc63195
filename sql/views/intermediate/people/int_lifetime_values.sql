-- Grain: contact × currency. The lifetime value: purchases and receipts less refunds.
select contact_id, currency, sum(amount_minor) as ltv_minor
from stg_purchases
group by contact_id, currency
