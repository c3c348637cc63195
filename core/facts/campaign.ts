/**
 * Campaigns and enrolments in them (E1). A campaign is known by the id that mail tags and rows
 * name.
 * Home of E1.
 */
import { addressText } from './address.ts';
import { agentId } from './agent.ts';
import type { Fact } from './fact.ts';
import { fittingKey, type Row } from './row.ts';

export function campaignFacts(row: Row): Fact[] {
  row.need('name');
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const thing_key = fittingKey(row.text('external_id') ?? agentId(row.text('name')!));
  return [
    {
      kind: 'campaign',
      ...row.context.origin,
      thing_key,
      observation_key: row.observation_key,
      observed_at,
      stated: row.stated(),
    },
  ];
}

export function enrolmentFacts(row: Row): Fact[] {
  row.need('contact', 'campaign');
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const contact = row.address('contact')!;
  const thing_key = fittingKey(`${row.text('campaign')}:${addressText(contact)}`);
  const stated = {
    enrolled_at: observed_at,
    ...row.stated(),
    ...(row.number('converted') === 1 ? { status: 'converted' } : {}),
  };
  return [
    {
      kind: 'enrolment',
      ...row.context.origin,
      contact,
      thing_key,
      observation_key: row.observation_key,
      observed_at,
      stated,
    },
  ];
}
