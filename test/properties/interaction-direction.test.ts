/**
 * Whose doing an interaction is where no direction is stated: a download is the person’s own, a
 * message is the house’s (S1, R8a).
 */
import { expect, it } from 'vitest';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { config, openSmallHouse } from './small-house.ts';

const occurred_at = Date.UTC(2026, 4, 1, 9);

it.each<[Observation['stated'], string]>([
  [{ channel: 'event', outcome: 'ebook' }, 'inbound'],
  [{ channel: 'event', outcome: 'attended', direction: 'outbound' }, 'outbound'],
  [{ channel: 'web' }, 'inbound'],
  [{ channel: 'support', initiated_by: 'self' }, 'inbound'],
  [{ channel: 'linkedin' }, 'outbound'],
  [{ channel: 'linkedin', outcome: 'replied' }, 'outbound'],
])('%o is %s', async (stated, direction) => {
  const { db, close } = await openSmallHouse();
  const fact: Fact = {
    kind: 'interaction',
    provider: 'crm',
    contact: { kind: 'email', value: 'ana@example.com' },
    thing_key: 'i',
    observation_key: 'i',
    observed_at: occurred_at,
    stated: { occurred_at, ...stated },
  };
  await writeFacts(db, [fact], config);
  expect(await db.prepare('select direction from interactions').first()).toEqual({ direction });
  close();
});
