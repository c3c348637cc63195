-- Grain: ladder × stage (R9). Off the ladder a stage has no stage_no. rung_no tells the stages of
-- both ladders apart by a number, which sorts faster than their names. The rungs come from the
-- rules in force; as constants their names have no type, and SQLite would search them by none.
select cast(ladder as string) as ladder, cast(stage as string) as stage, stage_no, rung_no
from ({{ladder_stages()}}) as rungs
