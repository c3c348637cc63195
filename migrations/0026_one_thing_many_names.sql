-- A purchase may be refunded under the name of its payment, such as an invoice that a card paid.
alter table purchases add column payment_key text;

-- Keys that mean one thing, such as a booking and what it was moved to: each pair both ways.
create table thing_links (
  kind text not null,
  thing_key text not null,
  other_key text not null,
  primary key (kind, thing_key, other_key)
) without rowid;
