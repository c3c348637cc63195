/**
 * Mails to several, answered by them and by others, of people who turn out to be one another: in
 * any order, batches and repeats the same (F2, F4).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HOUR } from '../../core/durations.ts';
import { emailEventFact } from '../../core/facts/email-event.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { naiveRecipients } from './naive-recipients.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const RUNS = process.env.FULL ? 3000 : 100;

const address = fc.nat(4).map((n) => ({ kind: 'email' as const, value: `p${n}@example.com` }));
const instant = fc.nat(9).map((hours) => now - hours * HOUR);

/** An event of one of two mails. An answer says nothing of the mail, whatever it seems to. */
const event = fc
  .tuple(
    address,
    fc.constantFrom('m', 'n'),
    instant,
    fc.constantFrom('sent', 'delivered', 'replied', 'answer', 'auto'),
    fc.constantFrom('spring', 'autumn', null),
    fc.nat(2),
  )
  .map(([contact, message_id, occurred_at, type, campaign, no]): Fact => {
    const origin = { provider: 'resend' };
    const known = { origin, contact, occurred_at, campaign, message_id };
    const event_id = [type, message_id, contact.value, occurred_at, no].join(' ');
    const fact = emailEventFact({ ...known, event_id });
    if (type === 'answer') return { ...fact, contact_role: 'sender' };
    if (type === 'auto') return { ...fact, contact_role: 'sender', event_type: 'auto_replied' };
    return { ...fact, event_type: type as 'sent' };
  });

const joined = fc.tuple(address, address, instant).map(
  ([one, other, observed_at]): Fact => ({
    kind: 'contact',
    provider: 'crm',
    contact: one,
    identities: [one, other],
    thing_key: one.value,
    observation_key: `${one.value} ${other.value} ${observed_at}`,
    observed_at,
    stated: {},
  }),
);

const told = fc
  .array(fc.oneof({ arbitrary: event, weight: 4 }, joined), { minLength: 2, maxLength: 14 })
  .chain((facts) =>
    fc.record({
      facts: fc.constant(facts),
      order: fc.shuffledSubarray([...facts, ...facts.slice(0, 4)], {
        minLength: facts.length + Math.min(4, facts.length),
      }),
      size: fc.integer({ min: 1, max: 6 }),
    }),
  );

const tables = [
  'email_messages',
  'email_events',
  'contacts',
  'identities',
  'merges',
  'observations',
];

it('are the same people’s whatever the order, and theirs that a naive reading says', async () => {
  const { db, close } = openHouse(await openSmallHouse());
  const seen = { several: 0, merged: 0, answered: 0 };
  await fc.assert(
    fc.asyncProperty(told, async ({ facts, order, size }) => {
      const once = await db.told([facts]);
      const batches = Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
        order.slice(i * size, (i + 1) * size),
      );
      expect(await db.told(batches)).toEqual(once);
      const expected = naiveRecipients(facts);
      expect(await db.whose()).toEqual(expected);
      seen.several += Object.values(expected).some(({ is_first }) => !is_first) ? 1 : 0;
      seen.answered += facts.some((fact) => 'contact_role' in fact) ? 1 : 0;
      seen.merged += (await db.rows('select * from merges')).length;
    }),
    { numRuns: RUNS, seed: 20_260_611 },
  );
  close();
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(RUNS / 10);
}, 600_000);

function openHouse({ db, close }: Awaited<ReturnType<typeof openSmallHouse>>) {
  const rows = async (sql: string) =>
    (await db.prepare(sql).all<Record<string, unknown>>()).results;
  const state = async () => {
    const dumps = await Promise.all(
      ['email_messages', 'email_events'].map(async (table) =>
        (
          await rows(`select contact_key, t.* from ${table} t join contacts using (contact_id)`)
        ).map(({ contact_id: _, landed_at: __, merged_from: ___, ...row }) => JSON.stringify(row)),
      ),
    );
    const people = await rows('select contact_key, lead_added_at from contacts');
    return [
      ...dumps,
      people.filter((row) => row.lead_added_at).map((row) => JSON.stringify(row)),
    ].map((list) => list.sort());
  };
  const toldAll = async (batches: Fact[][]) => {
    await db.batch(tables.map((table) => db.prepare(`delete from ${table}`)));
    for (const facts of batches) await writeFacts(db, facts, config);
    return state();
  };
  const whose = async () =>
    Object.fromEntries(
      (
        await rows(`select event_id, min(value) as who, is_copy is null as is_first
          from email_events join email_messages using (contact_id, message_id)
          join identities using (contact_id) group by 1`)
      ).map(({ event_id, who, is_first }) => [event_id, { who, is_first: is_first === 1 }]),
    );
  return { db: { rows, told: toldAll, whose }, close };
}
