-- What this machine's house has acknowledged and not landed yet: its queue lives in memory, so the queue carries ids only (F3).
create table inbox (
  message_id integer primary key,
  body text not null
);
