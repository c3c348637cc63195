-- One row per refresh of the stored marts (architecture decision 17). Instants are UTC ms.
-- cost_ms is the time that D1 spent on it; it is under way while finished_at is null. newer_facts
-- counts what has landed since it began, is_outdated says that something else has changed the
-- figures. Ids are never given twice: a refresh that was taken for broken may still be going.
create table mart_refreshes (
  refresh_id integer primary key autoincrement,
  as_of integer not null,
  version text not null,
  -- The night that it belongs to; pages read those of none.
  night text,
  lease_until integer,
  finished_at integer,
  cost_ms integer not null default 0,
  newer_facts integer not null default 0,
  is_outdated integer not null default 0
);

-- The rows of each mart as JSON arrays in parts of some hundred kilobytes, and what the dashboard
-- shows of them, which names people.
create table stored_marts (
  refresh_id integer not null,
  mart text not null,
  part integer not null,
  rows text not null,
  primary key (refresh_id, mart, part)
) without rowid;
