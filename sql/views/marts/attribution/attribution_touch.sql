-- Grain: conversion × touch that any lookback credits, placed on the path of the longest that does,
-- which a touch of the whole path finds under all. A shorter lookback adds what it alone credits:
-- an unknown source tag that has nothing else beside it there, or 'unattributed'. A touch may hold
-- several roles at once (R8c).
with paths as (
  select *, case when in_all = 1 then 'all' when in_90d = 1 then '90d' else '30d' end as lookback
  from int_attribution_paths
  where in_all = 1 or is_weak = 1 or path_length = 0
),
roles as (
  select contact_id, conversion_no, path_length, position, lead_position, opportunity_position
  from int_attribution_roles
),
held as (
  select
    paths.*,
    concat(
      case when paths.position = 1 then ', first' else '' end,
      case
        when paths.position = lead_position or (paths.path_length = 1 and is_before_lead = 1)
          then ', lead'
        else ''
      end,
      case
        when paths.position = opportunity_position or (paths.path_length = 1 and is_booking = 1)
          then ', opportunity'
        else ''
      end,
      case
        when paths.position = paths.path_length and paths.path_length > 0 then ', close'
        else ''
      end
    ) as role_list
  from paths
  left join roles
    on roles.contact_id = paths.contact_id
    and roles.conversion_no = paths.conversion_no
    and roles.path_length = paths.path_length
    and roles.position = paths.position
)
select
  contact_key,
  conversion_type,
  conversion_key,
  month_start,
  touch_key,
  position,
  path_length,
  case
    when path_length = 0 then 'none'
    when role_list = '' then 'between'
    else substr(role_list, 3)
  end as role,
  case when path_length > 0 then cast(age_ms as float64) / 86400000 end as days_before,
  held.channel,
  campaign,
  message,
  email_type,
  step,
  lookback
from held
join int_contacts on int_contacts.contact_id = held.contact_id
