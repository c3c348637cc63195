-- Facts addressed to an external id that no contact fact has named yet wait here whole, in no mart, and land with that fact (F1).
create table waiting_facts (
  external_id text not null,
  delivery text not null,
  kind text not null,
  observed_at integer not null,
  landed_at integer not null,
  fact text not null,
  primary key (external_id, delivery)
) without rowid;

-- What the client of the API called a delivery, and the hash of all that it said: the same key with another body is refused.
create table idempotency_keys (
  idempotency_key text primary key,
  body_hash text not null
) without rowid;

-- A refund needs no product of its own: it takes that of the purchase that it names (F8).
create table purchases_of_0013 (
  contact_id integer not null,
  purchase_key text not null,
  source text not null,
  purchased_at integer not null,
  purchased_day text not null,
  product_name text,
  kind text not null,
  amount_minor integer not null,
  currency text not null,
  status text not null,
  completed_at integer,
  cohort text,
  payment_method text,
  certificate_issued integer,
  period_months integer,
  ended_at integer,
  refund_of_key text,
  agent_id text,
  referrer_kind text,
  referrer_value text,
  primary key (contact_id, purchase_key)
) without rowid;
insert into purchases_of_0013 select * from purchases;
drop table purchases;
alter table purchases_of_0013 rename to purchases;

-- An event id is one event whatever its instant: the earliest holds.
delete from email_events
where exists (
  select 1 from email_events as earlier
  where earlier.contact_id = email_events.contact_id
    and earlier.event_id = email_events.event_id
    and earlier.occurred_at < email_events.occurred_at
);
