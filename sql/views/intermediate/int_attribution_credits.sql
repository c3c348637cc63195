-- Grain: conversion × path × touch × model. A path of one touch, or of none, gives the whole to what it has, whatever the model.
select
  paths.contact_id, paths.conversion_no, paths.path_length, paths.position, touch_key, in_30d, in_90d, in_all, model,
  1000000000 as share_ppb, revenue_minor as value_minor
from int_attribution_paths as paths
cross join int_attribution_models
join int_conversions
  on int_conversions.contact_id = paths.contact_id and int_conversions.conversion_no = paths.conversion_no
where path_length <= 1
union all
select
  paths.contact_id, paths.conversion_no, paths.path_length, paths.position, touch_key, in_30d, in_90d, in_all, model,
  share_ppb, value_minor
from int_attribution_paths as paths
join int_attribution_shares as shares
  on shares.contact_id = paths.contact_id
  and shares.conversion_no = paths.conversion_no
  and shares.path_length = paths.path_length
  and shares.position = paths.position
