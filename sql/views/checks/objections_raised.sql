-- Check: every objection of a completed call stands in its week's row of that objection, once; none
-- is won more often than raised, and what was won has its days.
with published as (
  select
    week_start,
    objection,
    raised,
    case
      when won > raised or (won > 0 and median_days_to_close is null) then 1
      else 0
    end as is_uneven
  from objections
),
raised_in_calls as (
  select contact_id, call_key, completed_day, {{objection_code(items.value)}} as objection
  from stg_calls
  cross join {{list_items(objections)}} as items
  where completed_at is not null
),
calls as (
  select week_start, objection, count(distinct call_key) as raised
  from raised_in_calls
  join int_contacts on int_contacts.contact_id = raised_in_calls.contact_id
  join stg_calendar on stg_calendar.day = completed_day
  group by week_start, objection
),
both_sides as (
  select week_start, objection, raised as published, 0 as expected, is_uneven from published
  union all
  select week_start, objection, 0 as published, raised as expected, 0 as is_uneven from calls
),
compared as (
  select
    week_start,
    objection,
    sum(published) as published,
    sum(expected) as expected,
    max(is_uneven) as is_uneven
  from both_sides
  group by week_start, objection
)
select concat(week_start, ' ', objection) as check_key, published, expected, is_uneven
from compared
where published <> expected or is_uneven > 0
