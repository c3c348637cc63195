-- Where each poll stands: one row per door and account (architecture decision 14). Instants are UTC
-- milliseconds. The cursor is that of the last step whose facts are durable.
create table polls (
  door text not null,
  account text not null,
  cursor text,
  polled_at integer,
  idle_at integer,
  wait_until integer,
  failure text,
  failed_since integer,
  primary key (door, account)
) without rowid;
