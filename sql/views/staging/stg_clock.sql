-- Grain: one row, the instant for which every view is true.
select as_of
from clock
