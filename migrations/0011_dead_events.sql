-- The provider's own id of a quarantined delivery: taken in later, it is the event that the provider may deliver again (F1, F3).
alter table dead_events add column delivery_id text;
