-- Grain: number of events, with its exact 95 % bounds (G9).
select events, lower_bound, upper_bound
from {{table(poisson_bounds)}}
