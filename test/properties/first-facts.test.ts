/**
 * When somebody became a lead, where nobody said: the instant of their first fact, of any kind and
 * in any order of arrival (P4, G6).
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { config, openSmallHouse } from './small-house.ts';

const first = Date.UTC(2026, 4, 1, 9);
const ana = { kind: 'email', value: 'ana@example.com' } as const;
const bo = { kind: 'email', value: 'bo@example.com' } as const;
const told = (
  kind: Observation['kind'],
  contact: typeof ana | typeof bo,
  observed_at: number,
  stated: Observation['stated'],
): Fact => ({
  kind,
  provider: 'crm',
  contact,
  thing_key: kind,
  observation_key: `${observed_at}`,
  observed_at,
  stated,
});

/** Address → when that person became a lead; facts are written one by one. */
async function leads(facts: Fact[]): Promise<Record<string, number | null>> {
  const { db, close } = await openSmallHouse();
  for (const fact of facts) await writeFacts(db, [fact], config);
  const { results } = await db
    .prepare(
      'select value, lead_added_at from identities join contacts using (contact_id) order by value',
    )
    .all<{ value: string; lead_added_at: number | null }>();
  close();
  return Object.fromEntries(results.map(({ value, lead_added_at }) => [value, lead_added_at]));
}

it('forgets a call that turned out to be with somebody else', async () => {
  const call = (contact: typeof ana | typeof bo, observed_at: number) =>
    told('call', contact, observed_at, { started_at: first });
  const facts = [call(ana, first), call(bo, first + DAY)];
  const expected = { 'ana@example.com': null, 'bo@example.com': first };
  expect(await leads(facts)).toEqual(expected);
  expect(await leads(facts.toReversed())).toEqual(expected);
});

it('begins with an enrolment, if that is all that is known', async () => {
  const enrolment = told('enrolment', ana, first + DAY, {
    campaign_id: 'spring',
    enrolled_at: first,
  });
  expect(await leads([enrolment])).toEqual({ 'ana@example.com': first });
});
