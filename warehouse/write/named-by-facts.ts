/**
 * The steps of sequences and the agents, which many facts name again and again: each is taken once
 * from a batch, and written only where it says something new.
 */
import type { Fact } from '../../core/facts/fact.ts';

/** Each of the rows once, as one JSON array. */
const distinct = (rows: object[]): string =>
  `[${[...new Set(rows.map((row) => JSON.stringify(row)))].join()}]`;

const v = (name: string): string => `value ->> '${name}'`;

/** The smaller of the stored and the stated value; either may be blank. */
const smaller = (name: string): string =>
  `min(coalesce(sequence_steps.${name}, excluded.${name}),
    coalesce(excluded.${name}, sequence_steps.${name}))`;

const upsertSteps = `
  insert into sequence_steps (campaign_id, sequence_version, step_number, email_type, subject)
  select ${v('campaign_id')}, ${v('sequence_version')}, ${v('step_number')},
    min(${v('email_type')}), min(${v('subject')})
  from json_each(?1)
  where true
  group by 1, 2, 3
  on conflict do update set
    email_type = ${smaller('email_type')},
    subject = ${smaller('subject')}
  where sequence_steps.email_type is not ${smaller('email_type')}
    or sequence_steps.subject is not ${smaller('subject')}`;

/** A name may be spelt in several ways: the smallest stands. */
const upsertAgents = `
  insert into agents (agent_id, name)
  select ${v('agent_id')}, min(${v('agent')}) from json_each(?1) where true group by 1
  on conflict do update set name = excluded.name where excluded.name < agents.name`;

/** The statements for what the facts name, none for none. */
export function namedStatements(db: D1Database, facts: Fact[]): D1PreparedStatement[] {
  const steps: object[] = [];
  const agents: object[] = [];
  for (const fact of facts)
    if (fact.kind === 'email_event') {
      const { campaign_id, sequence_version, step_number, email_type, subject } = fact.message;
      const step = { campaign_id, sequence_version, step_number };
      if (Object.values(step).every((part) => part !== null))
        steps.push({ ...step, email_type, subject });
    } else if (fact.stated.agent_id !== undefined && fact.stated.agent_id !== null) {
      const { agent_id, agent } = fact.stated;
      agents.push({ agent_id, agent });
    }
  return [
    ...(steps.length > 0 ? [db.prepare(upsertSteps).bind(distinct(steps))] : []),
    ...(agents.length > 0 ? [db.prepare(upsertAgents).bind(distinct(agents))] : []),
  ];
}
