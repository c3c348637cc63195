-- Grain: model × conversion type × lookback × channel, as the last night at or before as_of learnt
-- it (R8d).
select model, conversion_type, lookback, channel, effect_ppb
from {{table(model_results)}} as results
where results.as_of = (
  select max(stored.as_of)
  from {{table(model_results)}} as stored
  where stored.as_of <= (select as_of from clock)
)
