-- Check: a refund gives back a purchase of its contact in the purchase's currency, and all refunds
-- of one no more than it cost (F8, G1). One that does not is taken off its currency's sums all the
-- same, so these say where a purchase and its money come apart.
select contact_key, purchase_key, kind, amount_minor, refunded_minor, currency, named_key
from int_purchases
join int_contacts on int_contacts.contact_id = int_purchases.contact_id
where (kind = 'refund' and refund_of_key is null)
  or (kind <> 'refund' and refunded_minor > amount_minor)
