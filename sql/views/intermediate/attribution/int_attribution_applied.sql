-- Grain: conversion type × model as it applies to it. One that weighs effects stands here once they
-- are solved for it, which the row of the channel 'unattributed' says: until then the model has no
-- rows rather than wrong ones (R8d). Constants have no type, and SQLite searches by none: what
-- others join by is cast.
select
  cast(types.conversion_type as string) as conversion_type,
  model_no,
  models.model,
  weighing,
  models.lookback,
  takes_30d,
  takes_90d,
  takes_all,
  first_weight,
  lead_weight,
  opportunity_weight,
  close_weight,
  rest_weight,
  skips_direct
from int_conversion_types as types
cross join int_attribution_models as models
left join stg_model_results as solved
  on solved.model = models.model
  and solved.conversion_type = types.conversion_type
  and solved.lookback = models.lookback
  and solved.channel = 'unattributed'
where weighing <> 'effect' or effect_ppb is not null
