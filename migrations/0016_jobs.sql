-- One row per scheduled job: its last run, and when it is due next (architecture decision 15).
-- Instants are UTC milliseconds. A run is under way while finished_at and failure are null.
create table jobs (
  job text primary key,
  next_at integer,
  due_at integer,
  started_at integer,
  lease_until integer,
  finished_at integer,
  failures integer not null default 0,
  failure text
) without rowid;
