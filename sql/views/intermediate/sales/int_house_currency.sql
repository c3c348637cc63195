-- Grain: one row, the currency in which sums without a currency of their own stand (G1, F8).
select coalesce(max(currency), 'unknown') as currency
from stg_house
