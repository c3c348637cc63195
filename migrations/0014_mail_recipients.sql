-- A mail to several people is one message for each of them (F4): a message is known by its contact and the id of the mail.
drop index email_messages_by_id;
create index email_messages_by_id on email_messages (message_id, recipient);
-- 1 for every recipient of a mail but the one with the smallest address, whose message is published under the id of the mail.
alter table email_messages add column is_copy integer;
-- Who answered, where a mail from them says no more: the message they answer is theirs or the first recipient's, whatever lands first.
alter table email_events add column sender text;
update email_events
set sender = (
  select answered_by from email_messages
  where email_messages.contact_id = email_events.contact_id and email_messages.message_id = email_events.message_id
    and recipient is null
)
where event_type = 'replied' and names_no_message is null;
alter table email_messages drop column answered_by;
create index email_events_answering on email_events (message_id) where sender is not null;
