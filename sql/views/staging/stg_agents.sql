-- Grain: agent.
select agent_id, name
from {{table(agents)}}
