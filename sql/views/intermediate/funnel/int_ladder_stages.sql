-- Grain: ladder × stage (R9). Off the ladder a stage has no number. The rungs come from the rules
-- in force.
select ladder, stage, stage_no
from ({{ladder_stages()}}) as rungs
