-- Check: every fact that came in counts. One that waits for a contact or a field is in no mart; the
-- house's own list names it, since an external id may be somebody's name and checks are published
-- (R12). Calls with people who are no leads are none of the house's.
select kind, waits_for, observed_at
from int_waiting_facts
where waits_for <> 'lead'
