/**
 * Whose history is derived anew when a thing is told of under two addresses: the owner's too, who
 * is not named by the last row (F1, P5).
 */
import { expect, it } from 'vitest';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { config, openSmallHouse } from './small-house.ts';

const later = Date.UTC(2026, 4, 2);
const earlier = Date.UTC(2026, 4, 1);
const told = (who: string, observed_at: number, stated: Observation['stated']): Fact => ({
  kind: 'purchase',
  provider: 'crm',
  contact: { kind: 'email', value: `${who}@example.com` },
  thing_key: 'p',
  observation_key: `${who} ${observed_at}`,
  observed_at,
  stated,
});

it('names the owner of a purchase that an older row of somebody else makes a refund', async () => {
  const { db, close } = await openSmallHouse();
  const sale = {
    purchased_at: earlier,
    product_name: 'Course',
    amount_minor: 100,
    currency: 'USD',
  };
  const [ana] = (await writeFacts(db, [told('ana', later, sale)], config)).contact_ids;
  const { contact_ids } = await writeFacts(db, [told('bo', earlier, { kind: 'refund' })], config);
  const row = await db.prepare('select contact_id, kind from purchases').first();
  close();
  expect(row).toEqual({ contact_id: ana, kind: 'refund' });
  expect(contact_ids).toContain(ana);
});
