/**
 * An event id is one event, with the earliest instant that is told of it, in any order and any
 * batches (F1, V2).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emailEventFact } from '../../core/facts/email-event.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const told = fc.record({
  event_id: fc.constantFrom('e1', 'e2'),
  at: fc.integer({ min: 1, max: 4 }),
  names: fc.boolean(),
});
const asFact = ({ event_id, at, names }: { event_id: string; at: number; names: boolean }): Fact =>
  emailEventFact({
    origin: { provider: 'resend' },
    contact: { kind: 'email', value: 'ana@example.com' },
    occurred_at: now - at * 1000,
    campaign: null,
    message_id: names ? `m ${event_id}` : null,
    event_id: names ? event_id : `${event_id} of no message`,
  });

it('keeps one row, the earliest, and counts it new once', async () => {
  const house = await openSmallHouse();
  const tables = ['email_events', 'email_messages', 'contacts', 'identities'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(told, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
      async (batches) => {
        await house.db.batch(tables.map((table) => house.db.prepare(`delete from ${table}`)));
        const earliest = new Map<string, number>();
        let inserted = 0;
        for (const facts of batches.map((batch) => batch.map(asFact))) {
          for (const fact of facts)
            if (fact.kind === 'email_event') {
              const known = earliest.get(fact.event_id) ?? Number.POSITIVE_INFINITY;
              earliest.set(fact.event_id, Math.min(known, fact.occurred_at));
            }
          inserted += (await writeFacts(house.db, facts, config)).inserted;
        }
        const { results } = await house.db
          .prepare('select event_id, occurred_at from email_events order by 1')
          .all<{ event_id: string; occurred_at: number }>();
        expect(results.length).toBe(earliest.size);
        expect(new Map(results.map((row) => [row.event_id, row.occurred_at]))).toEqual(earliest);
        const strays = await house.db
          .prepare(
            `select count(*) as n from email_messages m join email_events e using (message_id)
             where m.is_inbound = 1 and m.created_at <> e.occurred_at`,
          )
          .first<{ n: number }>();
        expect(strays!.n).toBe(0);
        expect(inserted).toBe(earliest.size);
      },
    ),
    { seed: 20_260_902, numRuns: process.env.FULL ? 500 : 40 },
  );
  house.close();
});
