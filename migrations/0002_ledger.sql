-- The ledger says what people should know of a load, and when a night last gave a sign of life.
alter table export_loads add column note text;
alter table export_runs add column alive_at integer;
