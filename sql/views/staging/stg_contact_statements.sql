-- Grain: observation of a contact that was made by as_of. States told from outside (L6) live here only.
select
  contact_id, observation_key, source, observed_at, landed_at,
  {{stated(lead_status)}} as lead_status,
  {{stated(sales_stage)}} as sales_stage,
  cast({{stated(unsubscribed)}} as int64) as unsubscribed,
  cast({{stated(last_contact_at)}} as int64) as last_contact_at,
  {{stated(assigned_to)}} as assigned_to
from {{table(observations)}}
where kind = 'contact'
  and observed_at <= (select as_of from clock)
  and contact_id between (select lo from scope) and (select hi from scope)
