-- What came in from each source, a door and an account of its provider (an empty text where it has
-- one only), by the hour in which it landed: one row written per batch. `lag_ms` is the median wait
-- of the last batch between happening and landing. Rows live for five weeks; the last one stays.
create table arrivals (
  door text not null,
  account text not null,
  hour_at integer not null,
  facts integer not null,
  last_seen_at integer not null,
  last_landed_at integer,
  lag_ms integer,
  primary key (door, account, hour_at)
) without rowid;
insert into arrivals (door, account, hour_at, facts, last_seen_at, last_landed_at)
select door, '', last_landed_at - last_landed_at % 3600000, 0, last_landed_at, last_landed_at
from doors;
drop table doors;
-- Which notices have been told: of each topic the last state that was.
create table notices (
  topic text primary key,
  about text not null
) without rowid;
