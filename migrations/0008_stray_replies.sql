-- Mail from a person that names no message of the house answers the last one before it, whenever that lands (E10, G6).
alter table email_events add column names_no_message integer;
create index email_events_naming_none on email_events (contact_id) where names_no_message = 1;
