-- Grain: conversion × path × touch × model. A path of one touch, or of none, gives the whole to what it has, whatever the model.
select
  contact_id, conversion_no, conversion_type, conversion_key, path_length, position, touch_key, in_30d, in_90d, in_all,
  model, 1000000000 as share_ppb, revenue_minor as value_minor
from int_attribution_paths
cross join int_attribution_models
where path_length <= 1
union all
select
  contact_id, conversion_no, conversion_type, conversion_key, path_length, position, touch_key, in_30d, in_90d, in_all,
  model, share_ppb, value_minor
from int_attribution_shares
