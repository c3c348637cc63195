-- Grain: model × conversion type × lookback × month × currency × channel, as the last night at or
-- before as_of drew it (R8d).
select model, conversion_type, lookback, month_start, currency, channel, share_lo, share_hi
from {{table(share_intervals)}} as intervals
where intervals.as_of = (
  select max(stored.as_of)
  from {{table(share_intervals)}} as stored
  where stored.as_of <= (select as_of from clock)
)
