-- A purchase before its lead was added counts as day 0 (R7): true of some histories, worth a look
-- in all of them.
select contact_key, purchased_day, lead_added_day
from int_purchases
join int_contacts on int_contacts.contact_id = int_purchases.contact_id
where is_first_purchase = 1 and purchased_at < lead_added_at
