/**
 * Takes a fact that stops the night out of the tables and into quarantine: nothing is lost, and
 * `replay` can bring it back (F3).
 */
import type { Fact } from '../../core/facts/fact.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { Fault } from '../../core/faults.ts';
import { instantSpan } from '../../core/instant.ts';
import { foldContacts } from '../people/fold.ts';
import { outdateMarts } from '../stored/mart-refreshes.ts';
import { buryEvents } from './dead-events.ts';
import { type Stored, storedEvents, storedObservations } from './stored-facts.ts';
import { thingTables } from './things.ts';

/**
 * How a failed check names the fact: an event by its id, a thing by its key, a contact by its
 * published key, which stands for what it states outside the calendar.
 */
export type FactName = { kind: ThingKind | 'email_event'; key: string };

type Found = { stored: Stored<Fact>[]; deletes: D1PreparedStatement[] };

/**
 * Removes the fact with what was folded from it; answers whose it was, for the refresh. `now` in
 * UTC ms. The quarantine is written first, so that a crash in between loses nothing and the command
 * can be repeated. Throws `Fault('not_found')`.
 */
export async function discard(
  db: D1Database,
  { kind, key }: FactName,
  now: number,
): Promise<{ discarded: number; contact_ids: number[] }> {
  const { stored, deletes } =
    kind === 'email_event' ? await findEvents(db, key) : await findObservations(db, kind, key);
  if (stored.length === 0) throw new Fault('not_found', `no ${kind} is known by the key ${key}`);
  const reason = `discarded by hand: ${kind} ${key}`;
  const body = JSON.stringify({ door: 'discard', facts: stored.map(({ fact }) => fact) });
  const dead = { door: 'discard', fault: 'discarded', reason, body, discarded_at: now };
  await buryEvents(db, [dead], now);
  const contact_ids = stored.flatMap(({ contact_id }) => contact_id ?? []);
  await db.batch([...deletes, foldContacts(db, contact_ids), outdateMarts(db)]);
  return { discarded: stored.length, contact_ids };
}

const deleteEvents = [
  `delete from suppressions where (contact_id, suppressed_at) in (
     select contact_id, occurred_at from email_events where event_id = ?)`,
  `delete from email_messages
   where message_id in (select message_id from email_events where event_id = ?1)
     and not exists (
       select 1 from email_events e
       where e.contact_id = email_messages.contact_id
         and e.message_id = email_messages.message_id
         and e.event_id <> ?1)`,
  'delete from reply_texts where event_id = ?',
  'delete from email_events where event_id = ?',
];

async function findEvents(db: D1Database, event_id: string): Promise<Found> {
  return {
    stored: await storedEvents(db, 'e.event_id = ?', [event_id]),
    deletes: deleteEvents.map((sql) => db.prepare(sql).bind(event_id)),
  };
}

const bounds = [Date.parse(instantSpan.first), Date.parse(instantSpan.last)];

/** Only what states an instant outside the calendar. */
const ofContact = `kind = ?1
  and thing_key in (select cast(contact_id as text) from contacts where contact_key = ?2)
  and (stated ->> 'lead_added_at' not between ?3 and ?4
    or stated ->> 'last_contact_at' not between ?3 and ?4)`;

async function findObservations(db: D1Database, kind: ThingKind, key: string): Promise<Found> {
  const wanted = kind === 'contact' ? ofContact : 'kind = ?1 and thing_key = ?2';
  const bound = kind === 'contact' ? [kind, key, ...bounds] : [kind, key];
  const stored = await storedObservations(db, wanted, bound);
  const deletes = [db.prepare(`delete from observations where ${wanted}`).bind(...bound)];
  const thing = thingTables.find((each) => each.kind === kind);
  if (thing) {
    const sql = `delete from ${thing.table} where ${thing.key.at(-1)} = ?`;
    deletes.push(db.prepare(sql).bind(key));
  }
  return { stored, deletes };
}
