-- Grain: cell of the funnel × stage: days of finished stays.
with stays as (
  select segment_no, rung_no, left_at - entered_at as stay_ms
  from int_stage_stays
  join int_funnel_leads as segmented on segmented.contact_id = int_stage_stays.contact_id
  where left_at is not null
),
ranked as (
  select
    cell_no,
    rung_no,
    stay_ms,
    cume_dist() over (partition by cell_no, rung_no order by stay_ms) as portion
  from stays
  join int_funnel_cells as cells on cells.segment_no = stays.segment_no
)
select
  cell_no,
  rung_no,
  cast({{percentile(0.5, stay_ms, portion)}} as float64) / 86400000 as median_days_in_stage,
  cast({{percentile(0.9, stay_ms, portion)}} as float64) / 86400000 as p90_days_in_stage
from ranked
group by cell_no, rung_no
