-- Grain: lead, in the row of speed to lead where it stands (R2): the bucket of its first phone
-- attempt, else whatsapp_only, else deliberately_skipped, else never_called. Minutes are
-- milliseconds here, to the attempt that placed it.
-- Home of R2.
with contacts as (
  select contact_id, lead_added_at, lead_added_day from int_contacts
),
attempts as (
  select
    *,
    row_number() over (partition by contact_id order by is_phone desc, attempt_no) as placing_no,
    max(is_connected) over (partition by contact_id) as was_connected
  from int_call_attempts
),
placer as (
  select * from attempts where placing_no = 1
),
skipped as (
  select calls.contact_id, min(started_at) as skipped_at
  from stg_calls as calls
  join contacts on contacts.contact_id = calls.contact_id
  where class = 'no_call' and started_at >= lead_added_at
  group by calls.contact_id
),
placed as (
  select
    contacts.contact_id,
    lead_added_at,
    lead_added_day,
    attempted_at,
    attempted_day,
    source,
    class,
    agent_id,
    coalesce(was_connected, 0) as is_connected,
    attempted_at - lead_added_at as wall_ms,
    case
      when is_phone = 1 then 'phone'
      when is_phone = 0 then 'whatsapp_only'
      when skipped_at is not null then 'deliberately_skipped'
      else 'never_called'
    end as category
  from contacts
  left join placer on placer.contact_id = contacts.contact_id
  left join skipped on skipped.contact_id = contacts.contact_id
),
timed as (
  select
    placed.*,
    added.week_start, added.iso_week,
    reached.business_ms_before
      + case
        when reached.is_business_day = 0 or attempted_at <= reached.opens_at then 0
        when attempted_at >= reached.closes_at then reached.closes_at - reached.opens_at
        else attempted_at - reached.opens_at
      end
      - added.business_ms_before
      - case
        when added.is_business_day = 0 or lead_added_at <= added.opens_at then 0
        when lead_added_at >= added.closes_at then added.closes_at - added.opens_at
        else lead_added_at - added.opens_at
      end as business_ms,
    case
      when category = 'whatsapp_only' then 11
      when category = 'deliberately_skipped' then 12
      when category = 'never_called' then 13
      when wall_ms < 60000 then 1
      when wall_ms < 300000 then 2
      when wall_ms < 900000 then 3
      when wall_ms < 1800000 then 4
      when wall_ms < 3600000 then 5
      when wall_ms < 14400000 then 6
      when wall_ms < 86400000 then 7
      when wall_ms < 259200000 then 8
      when wall_ms < 604800000 then 9
      else 10
    end as bucket_no
  from placed
  join stg_calendar as added on added.day = lead_added_day
  left join stg_calendar as reached on reached.day = attempted_day
)
select
  contact_id,
  lead_added_at,
  lead_added_day,
  week_start,
  iso_week,
  attempted_at,
  source,
  class,
  agent_id,
  is_connected,
  wall_ms,
  business_ms,
  category,
  bucket_no,
  case bucket_no
    when 1 then '<1 min'
    when 2 then '1-5 min'
    when 3 then '5-15 min'
    when 4 then '15-30 min'
    when 5 then '30-60 min'
    when 6 then '1-4 h'
    when 7 then '4-24 h'
    when 8 then '1-3 d'
    when 9 then '3-7 d'
    when 10 then '7 d+'
    else category
  end as bucket,
  case when category = 'phone' then 0 when category = 'whatsapp_only' then 60 end as precision_s
from timed
