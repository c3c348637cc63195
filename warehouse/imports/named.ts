/** Agents and steps of sequences, as facts name them that are left. */

/** A step, as [campaign, version, number]. */
export type StepName = [string, number, number];

const agents = [
  `delete from agents where agent_id not in (
     select stated ->> 'agent_id' from observations
     where kind in ('call', 'purchase') and stated ->> 'agent_id' is not null)`,
  `update agents set name = n.name from (
     select stated ->> 'agent_id' as agent_id, min(stated ->> 'agent') as name
     from observations where kind in ('call', 'purchase') group by 1) as n
   where n.agent_id = agents.agent_id and n.name <> agents.name`,
];

/** Only facts that have landed name agents: a pass over all calls and purchases. */
export const forgetAgents = (db: D1Database): Promise<D1Result[]> =>
  db.batch(agents.map((sql) => db.prepare(sql)));

/** The steps ?1, as messages and imports still tell them. */
const told = `
  select campaign_id, sequence_version, step_number, min(email_type) as email_type,
    min(subject) as subject
  from (
    select campaign_id, sequence_version, step_number, email_type, subject from email_messages
    union all
    select imported ->> '$.message.campaign_id', imported ->> '$.message.sequence_version',
      imported ->> '$.message.step_number', imported ->> '$.message.email_type',
      imported ->> '$.message.subject'
    from email_events where imported is not null)
  where (campaign_id, sequence_version, step_number) in (
    select value ->> 0, value ->> 1, value ->> 2 from json_each(?1))
  group by 1, 2, 3`;

const forget = `
  delete from sequence_steps
  where (campaign_id, sequence_version, step_number) in (
      select value ->> 0, value ->> 1, value ->> 2 from json_each(?1))
    and (campaign_id, sequence_version, step_number) not in (
      select campaign_id, sequence_version, step_number from (${told}))`;

const rename = `
  update sequence_steps set email_type = t.email_type, subject = t.subject from (${told}) as t
  where t.campaign_id = sequence_steps.campaign_id
    and t.sequence_version = sequence_steps.sequence_version
    and t.step_number = sequence_steps.step_number
    and (t.email_type is not sequence_steps.email_type
      or t.subject is not sequence_steps.subject)`;

/** Statements for after the facts that named the steps are gone; none for none. */
export const forgetSteps = (db: D1Database, steps: StepName[]): D1PreparedStatement[] =>
  steps.length === 0
    ? []
    : [forget, rename].map((sql) => db.prepare(sql).bind(JSON.stringify(steps)));
