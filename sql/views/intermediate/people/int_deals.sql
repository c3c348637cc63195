-- Grain: contact whose deal was ever closed, with the first instant of that (R10a).
select contact_id, min(occurred_at) as closed_at
from stg_status_changes
where field = 'sales_stage' and to_value = 'closed_won'
group by contact_id
