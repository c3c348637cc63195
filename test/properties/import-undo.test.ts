/**
 * A house where an import was undone is the house that it would be had the file never been
 * imported: marts, people, and what waits (V21, P2).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';
import { beginImport } from '../../warehouse/imports/ledger.ts';
import { undoImport } from '../../warehouse/imports/undo.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { publishedMarts } from '../season/published-marts.ts';
import { fact, NOW } from './histories.ts';
import { ofItsOwn, roundsOf } from './many-histories.ts';
import { configOf, openSmallHouse } from './small-house.ts';

/** Houses, of so many histories each: people of their own who share some things. */
const HOUSES = process.env.FULL ? 60 : 2;
const HISTORIES = 20;
const config = configOf(NOW);

/** Import 1 is the one to be undone, 0 is a door. */
type Told = { fact: Fact; by: number[] };

/** What is told of one mail agrees, and an answer says nothing of it. */
const messageOf = ({ message, contact_role }: EmailEvent): EmailEvent['message'] => ({
  ...message,
  campaign_id: contact_role === 'sender' ? null : `season ${message.step_number}`,
});

/**
 * The key of a delivery is its content, as of a file's row. A file states no answers to mails that
 * it names. No mail goes to several people, and of none do file and door both tell.
 */
function fitting({ fact, by }: Told): Told {
  if (fact.kind !== 'email_event') {
    const { contact, stated, waits_for_contact } = fact;
    const observation_key = JSON.stringify([
      fact.observation_key,
      contact,
      stated,
      waits_for_contact,
    ]);
    return { fact: { ...fact, observation_key }, by };
  }
  const { contact_role, ...rest } = { ...fact, message: messageOf(fact) };
  const source = by.includes(0) ? 'door' : 'file';
  const message_id = `${source} ${fact.message_id} ${fact.contact.value}`;
  const event_id = `${source} ${fact.event_id}`;
  if (by.includes(0))
    return { fact: { ...fact, message: rest.message, message_id, event_id }, by: [0] };
  return { fact: { ...rest, message_id, event_id }, by };
}

/** Some contacts have an id too; some facts name their contact by it, and some calls wait. */
function waitingToo(fact: Fact, id: number | undefined): Fact {
  if (id === undefined || !fact.contact || fact.kind === 'email_event') return fact;
  const external = { kind: 'external' as const, value: `student${id}` };
  if (fact.kind === 'contact')
    return {
      ...fact,
      identities: [...(fact.identities ?? []), external],
      observation_key: `${fact.observation_key} ${id}`,
    };
  if (id > 0) return { ...fact, contact: external };
  return fact.kind === 'call' && fact.contact.kind === 'phone'
    ? { ...fact, waits_for_contact: true }
    : fact;
}

const told: fc.Arbitrary<Told[][]> = fc.array(
  fc.array(
    fc
      .record({
        fact: fc
          .tuple(fact, fc.option(fc.nat(2), { nil: undefined }))
          .map(([drawn, id]) => waitingToo(drawn, id)),
        by: fc.constantFrom<number[]>([1], [1], [2], [0], [1, 2], [2, 1], [0, 1], [1, 0], [1, 1]),
      })
      .map(fitting),
    { minLength: 1, maxLength: 6 },
  ),
  { minLength: 1, maxLength: 5 },
);

const statedBy = (by: number, { fact }: Told): Fact =>
  by === 0 ? fact : { ...fact, imports: [by] };

/** What each says, batch by batch; a second statement comes one batch later. */
const deliveries = (batches: Told[][], isWanted: (by: number) => boolean): Fact[][] =>
  [...batches, []].map((batch, i) =>
    [
      ...batch.map((each) => [each.by[0]!, each] as const),
      ...(batches[i - 1] ?? []).flatMap((each) =>
        each.by[1] === undefined ? [] : [[each.by[1], each] as const],
      ),
    ]
      .filter(([by]) => isWanted(by))
      .map(([by, each]) => statedBy(by, each)),
  );

const KEPT = {
  identities: `select kind, value, contact_key from identities
    join contacts using (contact_id) order by 1, 2`,
  suppressions: `select contact_key, address, reason, suppressed_at from suppressions
    join contacts using (contact_id) order by 1, 2, 3`,
  waiting: `select address, delivery, fact ->> 'imports', fact ->> 'waits_for_contact',
      fact -> 'stated' from waiting_facts order by 1, 2`,
  agents: 'select * from agents order by 1',
  steps: 'select * from sequence_steps order by 1, 2, 3',
  observations: `select kind, case when kind = 'contact' then '' else thing_key end as thing_key,
      observation_key, imports, addresses from observations order by 1, 2, 3`,
  events: 'select event_id, occurred_at, imported from email_events order by 1, 2',
  summaries: `select count(*) from contact_summary
    where contact_id not in (select contact_id from contacts)`,
};

async function contentOf(batches: Fact[][], undone?: number): Promise<Record<string, unknown>> {
  const house = await openSmallHouse(config);
  try {
    const given = {
      kind: 'contacts',
      imported_by: 'test',
      columns_hash: '',
      mapping: '{}',
    } as const;
    for (const file_name of ['a.csv', 'b.csv'])
      await beginImport(house.db, { ...given, file_name, file_hash: file_name }, NOW);
    for (const facts of batches) await landFacts(house.db, facts, config);
    if (undone !== undefined) {
      expect(await undoImport(house.db, undone, config)).toMatchObject({ is_undone: true });
      expect(await undoImport(house.db, undone, config)).toMatchObject({ removed: 0, kept: 0 });
    }
    const kept: Record<string, unknown> = {};
    for (const [name, sql] of Object.entries(KEPT))
      kept[name] = (await house.db.prepare(sql).all()).results;
    return { ...kept, ...(await publishedMarts(house.db, NOW)) };
  } finally {
    house.close();
  }
}

/** All histories at once, round by round. */
const together = (histories: Told[][][], isWanted: (by: number) => boolean): Fact[][] =>
  roundsOf(histories.map((batches, n) => ofItsOwn(deliveries(batches, isWanted), n)));

it('leaves the house as if the file had never been imported', async () => {
  const histories = fc.array(told, { minLength: HISTORIES, maxLength: HISTORIES });
  await fc.assert(
    fc.asyncProperty(histories, async (drawn) => {
      const all = together(drawn, () => true);
      const others = together(drawn, (by) => by !== 1);
      const [undone, never] = [await contentOf(all, 1), await contentOf(others)];
      for (const [name, rows] of Object.entries(never)) expect(undone[name], name).toEqual(rows);
    }),
    { numRuns: HOUSES, endOnFailure: true },
  );
});
