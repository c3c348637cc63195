-- Deliverability is told by the domain that sends and by the kind of mailbox that receives; never by the address itself (R12).
alter table email_messages add column sending_domain text;
alter table email_messages add column recipient_domain_group text;
