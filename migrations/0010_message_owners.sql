-- Whose a message is follows from what was told of it and not from what landed first (F2, G6): the smallest address that it went to, else
-- the smallest that answered. Messages stored before are their contact's.
alter table email_messages add column recipient text;
alter table email_messages add column answered_by text;
update email_messages
set recipient = (select min(kind || ':' || value) from identities where identities.contact_id = email_messages.contact_id)
where exists (
  select 1 from email_events
  where email_events.contact_id = email_messages.contact_id and email_events.message_id = email_messages.message_id
    and event_type <> 'replied'
);
update email_messages
set answered_by = (select min(kind || ':' || value) from identities where identities.contact_id = email_messages.contact_id)
where recipient is null;
-- Mail that a person wrote themselves is none that the house sent; it answers the campaign that it states, if it states one.
alter table email_messages add column is_inbound integer;
alter table email_events add column stated_campaign text;
update email_messages set is_inbound = 1, answered_by = null
where exists (
  select 1 from email_events
  where email_events.contact_id = email_messages.contact_id and email_events.message_id = email_messages.message_id
    and names_no_message = 1 and email_messages.message_id = concat('reply-', event_id)
);
