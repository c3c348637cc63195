-- What a night found to be otherwise than an earlier night had published it, cell by cell (R13).
create table restatements (
  run_id text not null,
  attempt integer not null,
  mart text not null,
  key text not null,
  column_name text not null,
  old_value text,
  new_value text,
  published_as_of integer not null,
  load_before text not null,
  load_after text not null,
  cause text not null check (cause in ('late_fact', 'correction', 'merge', 'rules_version')),
  primary key (run_id, attempt, mart, key, column_name)
) without rowid;
