-- Grain: cell of the funnel × stage: how many entered it, reached it, stand in it (R9). Contacts
-- are counted once per segment first, so that only small tables are laid out by dimension.
-- Home of R9.
with rungs as (
  select * from int_ladder_stages
),
combinations as (
  select
    segment_no,
    ladder,
    current_rung_no,
    top_no,
    count(*) as contacts,
    sum(open_value) as open_value
  from int_funnel_contacts
  group by segment_no, ladder, current_rung_no, top_no
),
standing as (
  select
    segment_no,
    rung_no,
    sum(case when stage_no <= top_no then contacts else 0 end) as reached,
    sum(case when rung_no = current_rung_no then contacts else 0 end) as current_count,
    sum(case when rung_no = current_rung_no then open_value else 0 end) as open_value,
    sum(contacts) as leads
  from combinations
  cross join rungs
  where rungs.ladder = combinations.ladder
  group by segment_no, rung_no
),
entries as (
  select distinct contact_id, rung_no from int_stage_stays
  union all
  select distinct contact_id, rung_no
  from stg_status_changes
  cross join rungs
  where field = 'unsubscribed' and to_value = '1' and stage = 'unsubscribed'
),
entered as (
  select segment_no, rung_no, count(*) as entries
  from entries
  join int_funnel_leads as segmented on segmented.contact_id = entries.contact_id
  group by segment_no, rung_no
)
select
  cell_no,
  standing.rung_no,
  sum(coalesce(entries, 0)) as entered,
  sum(reached) as reached,
  sum(current_count) as current_count,
  sum(open_value) as open_value,
  sum(leads) as leads
from standing
join int_funnel_cells as cells on cells.segment_no = standing.segment_no
left join entered
  on entered.segment_no = standing.segment_no
  and entered.rung_no = standing.rung_no
group by cell_no, standing.rung_no
