-- Grain: contact × ladder: its segment, the highest rung ever reached, where it stands now, and its
-- open value (S2, S3).
-- Home of S3.
with segmented as (
  select contact_id, segment_no, deal_value_minor from int_funnel_leads
),
states as (
  select contact_id, lead_status, sales_stage, unsubscribed from int_contact_status
),
tops as (
  select contact_id, ladder, max(stage_no) as top_no
  from int_stage_stays
  group by contact_id, ladder
),
standing as (
  select
    segmented.contact_id,
    segment_no,
    rungs.ladder,
    rung_no,
    case
      when sales_stage in ('closed_won', 'closed_lost') then 0
      else deal_value_minor
    end as open_value
  from segmented
  join states on states.contact_id = segmented.contact_id
  cross join int_ladder_stages as rungs
  where rungs.stage = case
    when unsubscribed = 1 then 'unsubscribed'
    when rungs.ladder = 'lifecycle' then lead_status
    else sales_stage
  end
)
select
  standing.contact_id,
  segment_no,
  standing.ladder,
  rung_no as current_rung_no,
  coalesce(top_no, 1) as top_no,
  open_value
from standing
left join tops on tops.contact_id = standing.contact_id and tops.ladder = standing.ladder
