/** Undoes a merge: everything goes back to whom it was stated for, and stays there (P2). */
import type { FactsConfig } from '../../core/config.ts';
import { type Address, addressText, compareAddresses } from '../../core/facts/address.ts';
import { recipientDomainGroup } from '../../core/facts/mail-domain.ts';
import { Fault } from '../../core/faults.ts';
import { contactKey } from '../../core/hash.ts';
import { columnsOf } from '../schema/columns.ts';
import { emailMessages } from '../schema/index.ts';
import { outdateMarts } from '../stored/mart-refreshes.ts';
import { foldStatements } from '../write/fold.ts';
import { placeAnswers } from '../write/place-answers.ts';
import { matchStrayReplies } from '../write/stray-replies.ts';
import { thingTables } from '../write/things.ts';
import { foldContacts } from './fold.ts';

type Identity = Address & { merged_from: number | null };

/** Who is separated from whom, with the addresses that each keeps. */
type Separation = {
  /** The link that is taken away. */
  merge: MergeRow;
  /** Who keeps the rest. */
  holder: number;
  /** Everybody on the other side of the link; the smallest id becomes the contact of them all. */
  leaving: number[];
  loser: number;
  own: Identity[];
  rest: Identity[];
};

type MergeRow = {
  loser_id: number;
  survivor_id: number;
  from_id: number | null;
  into_id: number | null;
};

const ownedThings = thingTables.filter(({ key }) => key.includes('contact_id'));

/** ?1 are the ids of those who leave, as JSON; ?2 is their contact, ?3 the one that they leave. */
const isLeaving = (column: string): string => `${column} in (select value from json_each(?1))`;

/**
 * Takes apart the two groups of people that the merge `merge_id` joined, as if the fact that named
 * both had never done so: what was stated for an address is again whose that address was, also what
 * has landed since, and no fact merges the two any more. `now` in UTC ms. Answers whose facts have
 * changed, for the refresh. Throws `Fault('not_found')`, and `bad_input` for a merge from before it
 * could be undone.
 */
export async function undoMerge(
  db: D1Database,
  merge_id: number,
  { CONTACT_KEY_SECRET }: Pick<FactsConfig, 'CONTACT_KEY_SECRET'>,
  now: number,
): Promise<number[]> {
  const separation = await readSeparation(db, merge_id);
  const { loser, holder, own, rest } = separation;
  const keyOf = (addresses: Identity[]) =>
    contactKey(CONTACT_KEY_SECRET, addressText(addresses.toSorted(compareAddresses)[0]!));
  const things = await heldThings(db, separation);
  await db.batch([
    ...peopleStatements(db, separation, { own: keyOf(own), rest: keyOf(rest) }, now),
    ...mailStatements(db, separation),
    ...ownedThings.flatMap((thing) => {
      const keys = things.get(thing.kind) ?? [];
      if (keys.length === 0) return [];
      const held = `delete from ${thing.table} where contact_id = ?1
        and ${thing.key.at(-1)} in (select value from json_each(?2))`;
      return [
        db.prepare(held).bind(holder, JSON.stringify(keys)),
        ...foldStatements(db, thing, keys),
      ];
    }),
    ...placeAnswers(db, [], [loser, holder]),
    ...matchStrayReplies(db, [loser, holder]),
    foldContacts(db, [loser, holder]),
    outdateMarts(db),
  ]);
  return [loser, holder];
}

async function readSeparation(db: D1Database, merge_id: number): Promise<Separation> {
  const { results: merges } = await db
    .prepare(
      `select loser_id, survivor_id, from_id, into_id from merges
       where survivor_id = (select survivor_id from merges where loser_id = ?)`,
    )
    .bind(merge_id)
    .all<MergeRow>();
  const merge = merges.find(({ loser_id }) => loser_id === merge_id);
  if (!merge) throw new Fault('not_found', `no merge has the id ${merge_id}; see: list merges`);
  if (merge.into_id === null)
    throw new Fault(
      'bad_input',
      `merge ${merge_id} is from before the house kept what was stated for whom`,
    );
  const holder = merge.survivor_id;
  const staying = reach(
    holder,
    merges.filter((other) => other !== merge),
  );
  const all = [holder, ...merges.map(({ loser_id }) => loser_id)];
  const leaving = all.filter((id) => !staying.has(id)).sort((a, b) => a - b);
  const { results } = await db
    .prepare('select kind, value, merged_from from identities where contact_id = ?')
    .bind(holder)
    .all<Identity>();
  const isOwn = ({ merged_from }: Identity) => merged_from !== null && !staying.has(merged_from);
  const [own, rest] = [results.filter(isOwn), results.filter((each) => !isOwn(each))];
  return { merge, holder, leaving, loser: leaving[0]!, own, rest };
}

/** Who is still held to `start` by these links. One without a link was merged into the survivor. */
function reach(start: number, merges: MergeRow[]): Set<number> {
  const reached = new Set([start]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { loser_id, survivor_id, from_id, into_id } of merges) {
      const ends = [from_id ?? loser_id, into_id ?? survivor_id];
      if (ends.some((id) => reached.has(id))) for (const id of ends) reached.add(id);
    }
  }
  return reached;
}

/** The keys of the holder's things that were stated for those who leave, by kind. */
async function heldThings(
  db: D1Database,
  { leaving, holder }: Separation,
): Promise<Map<string, string[]>> {
  const found = await db.batch<{ thing_key: string }>(
    ownedThings.map(({ kind, table, key }) =>
      db
        .prepare(
          `select distinct o.thing_key from ${table} t
           join observations o on o.kind = '${kind}' and o.thing_key = t.${key.at(-1)}
           where t.contact_id = ?2 and ${isLeaving('o.contact_id')}`,
        )
        .bind(JSON.stringify(leaving), holder),
    ),
  );
  return new Map(
    ownedThings.map(({ kind }, n) => [kind, found[n]!.results.map(({ thing_key }) => thing_key)]),
  );
}

/** Runs statements that know who leaves: ?1, ?2 and ?3 as `isLeaving` says, and more. */
const runner =
  (db: D1Database, { leaving, loser, holder }: Separation) =>
  (sql: string, ...more: unknown[]): D1PreparedStatement =>
    db.prepare(sql).bind(JSON.stringify(leaving), loser, holder, ...more);

/** The first fails the whole batch where somebody changed the people since they were read. */
function peopleStatements(
  db: D1Database,
  separation: Separation,
  keys: Record<'own' | 'rest', string>,
  now: number,
): D1PreparedStatement[] {
  const { merge, loser, holder, own, rest } = separation;
  const run = runner(db, separation);
  const moved = `contact_id = ?2, merged_from = nullif(merged_from, ?2)
    where contact_id = ?3 and ${isLeaving('merged_from')}`;
  return [
    db
      .prepare(
        `insert into identities (kind, value, contact_id)
         select 'changed', '', 0
         where ?1 <> (select count(*) from identities where contact_id = ?2)
           or not exists (select 1 from merges where loser_id = ?3 and survivor_id = ?2)`,
      )
      .bind(own.length + rest.length, holder, merge.loser_id),
    run(`update identities set ${moved}`),
    run(
      `update observations set thing_key = cast(cast(?2 as integer) as text)
       where kind = 'contact' and thing_key = cast(cast(?3 as integer) as text)
         and ${isLeaving('contact_id')}`,
    ),
    run(
      `update or ignore suppressions set contact_id = ?2
       where contact_id = ?3 and ?1 is not null
         and address in (select value from json_each(?4))`,
      JSON.stringify(own.map(({ value }) => value)),
    ),
    db
      .prepare(
        `insert into refused_merges (contact_id, other_id, undone_at) values (?, ?, ?)
         on conflict do update set undone_at = excluded.undone_at`,
      )
      .bind(...ends(separation), now),
    // The link of whoever is a contact again is kept under the id whose link is gone.
    ...(merge.loser_id === loser
      ? []
      : [
          db
            .prepare(
              `update merges set (from_id, into_id, merged_at) = (
                 select from_id, into_id, merged_at from merges where loser_id = ?2)
               where loser_id = ?1`,
            )
            .bind(merge.loser_id, loser),
        ]),
    db.prepare('delete from merges where loser_id = ?').bind(loser),
    run(`update merges set survivor_id = ?2 where survivor_id = ?3 and ${isLeaving('loser_id')}`),
    db
      .prepare('insert into contacts (contact_id, contact_key) values (?, ?)')
      .bind(loser, keys.own),
    db
      .prepare('update contacts set contact_key = ?2 where contact_id = ?1')
      .bind(holder, keys.rest),
  ];
}

/** The two whom the link named: one who leaves, one who stays. */
const ends = ({ merge, leaving }: Separation): [leaves: number, stays: number] => {
  const { from_id, into_id } = merge as Record<'from_id' | 'into_id', number>;
  return leaving.includes(from_id) ? [from_id, into_id] : [into_id, from_id];
};

const columns = columnsOf(emailMessages, ['contact_id']).join(', ');

/**
 * A mail that only those who leave got moves; of one that both got, each has its own again,
 * addressed to the smallest of the addresses that they keep.
 */
function mailStatements(db: D1Database, separation: Separation): D1PreparedStatement[] {
  const { loser, holder, own, rest } = separation;
  const run = runner(db, separation);
  // Of answers and stray replies it is decided afterwards which mail they are about.
  const tells = `e.sender is null
    and (names_no_message is null or e.message_id = concat('reply-', event_id))`;
  const mine = `message_id in (select e.message_id from email_events e
    where e.contact_id = ?3 and ${tells} and ${isLeaving('merged_from')})`;
  const others = `exists (select 1 from email_events e where e.contact_id = ?3
    and e.message_id = email_messages.message_id
    and ${tells} and not coalesce(${isLeaving('merged_from')}, 0))`;
  return [
    run(
      `insert into email_messages (contact_id, ${columns})
       select ?2, ${columns} from email_messages where contact_id = ?3 and ${mine}`,
    ),
    run(
      `delete from email_messages
       where contact_id = ?3 and ?2 is not null and ${mine} and not ${others}`,
    ),
    run(
      `update email_events set contact_id = ?2, merged_from = nullif(merged_from, ?2)
       where contact_id = ?3 and ${isLeaving('merged_from')}`,
    ),
    readdress(db, loser, own, rest),
    readdress(db, holder, rest, own),
  ];
}

/** A message of `contact_id` that is addressed to somebody else is addressed to them instead. */
function readdress(
  db: D1Database,
  contact_id: number,
  to: Identity[],
  from: Identity[],
): D1PreparedStatement {
  const emails = to.filter(({ kind }) => kind === 'email').sort(compareAddresses);
  const first = emails[0] ?? to[0]!;
  const group = first.kind === 'email' ? recipientDomainGroup(first.value) : null;
  return db
    .prepare(
      `update email_messages set recipient = ?2, recipient_domain_group = ?3
       where contact_id = ?1 and recipient in (select value from json_each(?4))`,
    )
    .bind(contact_id, addressText(first), group, JSON.stringify(from.map(addressText)));
}
