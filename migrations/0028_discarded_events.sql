-- When somebody decided that an event in quarantine will not be taken in. What was taken out of the
-- tables by hand has the fault 'discarded' and was never waiting.
alter table dead_events add column discarded_at integer;
update dead_events set discarded_at = landed_at where fault = 'discarded';
