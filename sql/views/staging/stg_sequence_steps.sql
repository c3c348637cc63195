-- Grain: step of a sequence version (E2).
select campaign_id, sequence_version, step_number, email_type, subject
from {{table(sequence_steps)}}
