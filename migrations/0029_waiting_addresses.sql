-- A fact may wait for a phone as well: the call of a number that nobody has (A3).
create table waiting_facts_of_0029 (
  address_kind text not null,
  address text not null,
  delivery text not null,
  kind text not null,
  observed_at integer not null,
  landed_at integer not null,
  fact text not null,
  primary key (address_kind, address, delivery)
) without rowid;
insert into waiting_facts_of_0029
  select 'external', external_id, delivery, kind, observed_at, landed_at, fact from waiting_facts;
drop table waiting_facts;
alter table waiting_facts_of_0029 rename to waiting_facts;
