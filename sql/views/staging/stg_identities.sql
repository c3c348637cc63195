-- Grain: identity (kind, value). Never published: names, mails and phones stay in the house (R12).
select kind, value, contact_id
from {{table(identities)}}
where contact_id between (select lo from scope) and (select hi from scope)
