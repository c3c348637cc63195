-- Check: every lead whose first attempt ended in voicemail stands in one row of voicemail_followup,
-- and no later step has more leads than the one before.
with counted as (
  select
    coalesce(sum(first_voicemail), 0) as leads,
    coalesce(sum(case
      when third_attempt > second_attempt
        or second_attempt > first_voicemail
        or connected > second_attempt
        then 1
      when second_within_24h > second_within_72h or second_within_72h > second_attempt then 1
      else 0
    end), 0) as rising
  from voicemail_followup
),
attempted as (
  select count(*) as leads
  from fct_call_attempt
  where attempt_no = 1 and is_voicemail = 1
)
select 'voicemail' as check_key, counted.leads as published, attempted.leads as expected, rising
from counted
cross join attempted
where counted.leads <> attempted.leads or rising > 0
