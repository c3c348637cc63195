-- What nobody read of a summary: int_contact_milestones has these for whoever will. Each was
-- computed, compared and written for every contact that a fact changed.
alter table contact_summary drop column first_touch_at;
alter table contact_summary drop column calls_booked;
alter table contact_summary drop column calls_completed;
alter table contact_summary drop column connections;
alter table contact_summary drop column first_purchase_at;
