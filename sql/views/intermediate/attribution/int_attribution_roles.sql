-- Grain: conversion × path of two touches or more × touch, with the places of the path's roles
-- (R8c): the lead touch is the last one at or before the person became a lead, the opportunity the
-- first booking, the indirect touch the last that was no direct visit. repeats counts the touches
-- that the path has of this touch's channel.
with touches as (
  select
    contact_id,
    conversion_no,
    conversion_type,
    path_length,
    position,
    channel,
    age_ms,
    in_30d,
    in_90d,
    in_all,
    is_booking,
    is_before_lead,
    revenue_minor,
    case when {{is_direct(channel)}} then 1 else 0 end as is_direct,
    count(*) over (partition by contact_id, conversion_no, path_length, channel) as repeats
  from int_attribution_paths
  where path_length > 1
)
select
  contact_id,
  conversion_no,
  conversion_type,
  path_length,
  position,
  channel,
  age_ms,
  in_30d,
  in_90d,
  in_all,
  revenue_minor,
  repeats,
  min(age_ms) over path as last_age_ms,
  max(case when is_before_lead = 1 then position end) over path as lead_position,
  min(case when is_booking = 1 then position end) over path as opportunity_position,
  coalesce(max(case when is_direct = 0 then position end) over path, path_length)
    as indirect_position
from touches
window path as (partition by contact_id, conversion_no, path_length)
