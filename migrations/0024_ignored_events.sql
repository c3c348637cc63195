-- Events that a provider signed and that hold no fact of the house: one row per door and type, and
-- no body. `events` counts deliveries, so that one that comes twice counts twice.
create table ignored_events (
  door text not null,
  event_type text not null,
  events integer not null,
  last_seen_at integer not null,
  primary key (door, event_type)
) without rowid;
