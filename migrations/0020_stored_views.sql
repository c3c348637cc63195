-- Views whose rows are kept (architecture decision 17): tables of the views' names and columns, in
-- the views' order. What is kept of a contact is true for every instant from valid_from until
-- before valid_until. Whatever changes a fact ends that, by trigger, so that no writer can forget
-- it; deriving the contact again begins it anew.
create table int_email_messages (
  contact_id integer not null,
  message_id text not null,
  campaign_id text not null,
  sequence_version integer,
  step_number integer,
  email_type text not null,
  subject text,
  sending_domain text not null,
  recipient_domain_group text not null,
  created_at integer not null,
  created_day text not null,
  sent_at integer,
  sent_day text,
  told_delivered_at integer,
  delivered_at integer,
  delayed_at integer,
  failed_at integer,
  bounced_at integer,
  bounce_type text,
  opened_at integer,
  opened_human_at integer,
  clicked_at integer,
  clicked_human_at integer,
  replied_at integer,
  complained_at integer,
  unsubscribed_at integer,
  suppressed_at integer,
  is_inbound integer not null,
  is_copy integer not null,
  primary key (contact_id, message_id)
) without rowid;

create table int_purchases (
  contact_id integer not null,
  purchase_key text not null,
  source text not null,
  purchased_at integer not null,
  purchased_day text not null,
  product_name text not null,
  kind text not null,
  amount_minor integer not null,
  currency text not null,
  refunded_minor integer not null,
  is_refunded integer not null,
  named_key text,
  refund_of_key text,
  purchase_no integer,
  is_first_purchase integer not null,
  is_run_start integer not null,
  runs_until integer,
  period_months integer,
  agent_id text not null,
  cohort text not null,
  status text not null,
  is_completed integer not null,
  completed_at integer,
  certificate_issued integer,
  payment_method text,
  referrer_kind text,
  referrer_value text,
  house_currency text not null,
  is_house_currency integer not null,
  primary key (contact_id, purchase_key)
) without rowid;

create table int_attribution_paths (
  contact_id integer not null,
  conversion_no integer not null,
  conversion_type text not null,
  conversion_key text not null,
  month_start text not null,
  currency text not null,
  training text not null,
  revenue_minor integer not null,
  path_length integer not null,
  position integer not null,
  age_ms integer not null,
  touch_key text not null,
  channel text not null,
  campaign text not null,
  message text not null,
  email_type text not null,
  step text not null,
  is_booking integer not null,
  is_before_lead integer not null,
  is_weak integer not null,
  in_30d integer not null,
  in_90d integer not null,
  in_all integer not null,
  primary key (contact_id, conversion_no, path_length, position, touch_key)
) without rowid;

alter table contact_summary add column valid_from integer not null default 0;
alter table contact_summary add column valid_until integer not null default 0;

-- By which definitions, and in which zone and currency, the rows were made.
alter table house add column stored_for text;

create trigger contacts_inserted after insert on contacts begin
  update contact_summary set valid_until = 0
  where contact_id = new.contact_id and valid_until <> 0;
end;

create trigger contacts_updated after update on contacts begin
  update contact_summary set valid_until = 0
  where contact_id in (old.contact_id, new.contact_id) and valid_until <> 0;
end;

create trigger contacts_deleted after delete on contacts begin
  delete from int_email_messages where contact_id = old.contact_id;
  delete from int_purchases where contact_id = old.contact_id;
  delete from int_attribution_paths where contact_id = old.contact_id;
end;

create trigger email_messages_inserted after insert on email_messages begin
  update contact_summary set valid_until = 0
  where contact_id = new.contact_id and valid_until <> 0;
end;

create trigger email_messages_updated after update on email_messages begin
  update contact_summary set valid_until = 0
  where contact_id in (old.contact_id, new.contact_id) and valid_until <> 0;
end;

create trigger email_messages_deleted after delete on email_messages begin
  update contact_summary set valid_until = 0
  where contact_id = old.contact_id and valid_until <> 0;
end;

create trigger email_events_inserted after insert on email_events begin
  update contact_summary set valid_until = 0
  where contact_id = new.contact_id and valid_until <> 0;
end;

create trigger email_events_updated after update on email_events begin
  update contact_summary set valid_until = 0
  where contact_id in (old.contact_id, new.contact_id) and valid_until <> 0;
end;

create trigger email_events_deleted after delete on email_events begin
  update contact_summary set valid_until = 0
  where contact_id = old.contact_id and valid_until <> 0;
end;

create trigger interactions_inserted after insert on interactions begin
  update contact_summary set valid_until = 0
  where contact_id = new.contact_id and valid_until <> 0;
end;

create trigger interactions_updated after update on interactions begin
  update contact_summary set valid_until = 0
  where contact_id in (old.contact_id, new.contact_id) and valid_until <> 0;
end;

create trigger interactions_deleted after delete on interactions begin
  update contact_summary set valid_until = 0
  where contact_id = old.contact_id and valid_until <> 0;
end;

create trigger calls_inserted after insert on calls begin
  update contact_summary set valid_until = 0
  where contact_id = new.contact_id and valid_until <> 0;
end;

create trigger calls_updated after update on calls begin
  update contact_summary set valid_until = 0
  where contact_id in (old.contact_id, new.contact_id) and valid_until <> 0;
end;

create trigger calls_deleted after delete on calls begin
  update contact_summary set valid_until = 0
  where contact_id = old.contact_id and valid_until <> 0;
end;

create trigger purchases_inserted after insert on purchases begin
  update contact_summary set valid_until = 0
  where contact_id = new.contact_id and valid_until <> 0;
end;

create trigger purchases_updated after update on purchases begin
  update contact_summary set valid_until = 0
  where contact_id in (old.contact_id, new.contact_id) and valid_until <> 0;
end;

create trigger purchases_deleted after delete on purchases begin
  update contact_summary set valid_until = 0
  where contact_id = old.contact_id and valid_until <> 0;
end;

