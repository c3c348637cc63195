-- Over the named agents of a period, expected first purchases are the credited ones, to the
-- billionth, whatever the dimension (R3).
select dimension, period, sum(paid_conversions) as paid, sum(expected_paid) as expected
from agent_performance
where agent <> 'unknown'
group by dimension, period
having cast(round(sum(expected_paid) * 1000000000) as int64) <> sum(paid_conversions) * 1000000000
