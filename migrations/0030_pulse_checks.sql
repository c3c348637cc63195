-- What each night found when it compared the live pulse with the facts that landed, hour by hour.
create table pulse_checks (
  checked_at integer primary key,
  facts integer not null,
  points integer not null,
  hours_differing integer not null
) without rowid;
