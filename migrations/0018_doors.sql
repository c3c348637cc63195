-- Of which account of its provider a quarantined event is, where the provider has several.
alter table dead_events add column account text;

-- When facts last came in at each door: one row per door, written once per batch.
create table doors (
  door text primary key,
  last_landed_at integer not null
) without rowid;
