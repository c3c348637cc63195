-- Over the named agents of a period, expected first purchases are the credited ones whatever the dimension (R3), up to the rounding of
-- a rate's billionths.
select dimension, period, sum(paid_conversions) as paid, sum(expected_paid) as expected
from agent_performance
where agent <> 'unknown'
group by dimension, period
having abs(sum(paid_conversions) - sum(expected_paid)) > 0.001
