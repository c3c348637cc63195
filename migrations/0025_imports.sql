-- Each file that was imported: what it held and came to, and how it was read, so that the next file
-- with the same columns is read alike.
create table imports (
  import_id integer primary key,
  kind text not null,
  file_name text not null,
  file_hash text not null,
  imported_at integer not null,
  imported_by text not null,
  finished_at integer,
  undone_at integer,
  row_count integer,
  new_count integer,
  updated_count integer,
  skipped_count integer,
  waiting_count integer,
  rejected_count integer,
  columns_hash text not null,
  mapping text not null
);

-- What undoing an import asks of a fact: the imports that state it, null where anybody else does,
-- and every address that it names, null for facts older than this.
alter table observations add column imports text;
alter table observations add column addresses text;
-- The same of an event, with what it says of its message; null where not only imports state it.
alter table email_events add column imported text;

-- Whose an observation is: a contact's own are found by the key of the thing.
create index observations_by_contact on observations (contact_id) where kind <> 'contact';

-- Steps of sequences that people wrote elsewhere, as files state them. What was mailed is in
-- sequence_steps.
create table planned_steps (
  step_key text primary key,
  sequence text not null,
  version integer not null,
  step_number integer not null,
  started_by text,
  delay_days integer,
  channel text,
  email_type text,
  subject text,
  body text,
  from_name text,
  from_address text
) without rowid;
