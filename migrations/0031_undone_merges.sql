-- A merge can be undone (P2): what it moved keeps the contact that it was stated for, null where it
-- is the present one. Of observations, contact_id is that from now on.
alter table identities add column merged_from integer;
alter table email_events add column merged_from integer;
-- Which two contacts one fact named: n contacts that became one are held together by n - 1 such
-- links. Null: merged before they were kept.
alter table merges add column from_id integer;
alter table merges add column into_id integer;
-- Two contacts of whom somebody said that they are two people: no fact merges them again.
create table refused_merges (
  contact_id integer not null,
  other_id integer not null,
  undone_at integer not null,
  primary key (contact_id, other_id)
) without rowid;
