/** The one writer: facts enter the warehouse in one atomic batch of set-based statements (F1). */
import { now } from '../../core/clock.ts';
import type { FactsConfig } from '../../core/config.ts';
import { addressText } from '../../core/facts/address.ts';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { Fault } from '../../core/faults.ts';
import { foldContacts } from '../people/fold.ts';
import { peopleStatements } from '../people/merge.ts';
import { type People, resolveContacts } from '../people/resolve.ts';
import { type ColumnName, columnsOf } from '../schema/columns.ts';
import { observations } from '../schema/index.ts';
import { countNewer } from '../stored/mart-refreshes.ts';
import { foldStatements } from './fold.ts';
import { claim } from './imported.ts';
import { mailStatements } from './mail.ts';
import { namedStatements } from './named-by-facts.ts';
import { matchStrayReplies } from './stray-replies.ts';
import { thingTables } from './things.ts';
import { divideFacts, isWaitedFor, WAITING, waitingStatements } from './waiting-facts.ts';

export type WriteReport = {
  /** Deliveries not seen before. With `waiting` and `duplicates` these are all facts given. */
  inserted: number;
  /** Deliveries kept until a contact fact names their external id. */
  waiting: number;
  /** Deliveries seen before. */
  duplicates: number;
  /** Every contact that the facts name, with merged ones and those of duplicates: to refresh. */
  contact_ids: number[];
  /** The facts that count from now on, each once, with those that waited: for the live pulse. */
  landed: Fact[];
  new_contacts: number;
  merged: number;
};

const ATTEMPTS = 5;

/**
 * Stores facts once and folds the things that they are about; the order and number of deliveries
 * never show (G6). Safe to repeat. A writer that changed the same people meanwhile makes the batch
 * start over; after five times it throws `Fault('storage_busy')`.
 */
export async function writeFacts(
  db: D1Database,
  facts: Fact[],
  config: FactsConfig,
): Promise<WriteReport> {
  const report: WriteReport = {
    inserted: 0,
    waiting: 0,
    duplicates: 0,
    contact_ids: [],
    landed: [],
    new_contacts: 0,
    merged: 0,
  };
  if (facts.length === 0) return report;
  Object.assign(report, await writeUnraced(db, facts, config));
  while (await isWaitedFor(db, facts)) {
    const { contact_ids, landed } = await writeUnraced(db, facts, config);
    report.contact_ids.push(...contact_ids);
    report.landed.push(...landed);
  }
  return report;
}

async function writeUnraced(
  db: D1Database,
  facts: Fact[],
  config: FactsConfig,
): Promise<WriteReport> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writeOnce(db, facts, config);
    } catch (error) {
      const raced =
        /constraint failed: (identities|contacts|merges|kind in)|CHECK constraint/i.test(
          String(error),
        );
      if (!raced) throw error;
      if (attempt === ATTEMPTS)
        throw new Fault('storage_busy', 'other writers kept changing the same people', {
          cause: String(error),
        });
    }
  }
}

/** What the statements of a batch return, each its own column. */
type Returned = {
  contact_id?: number;
  delivery?: string | null;
  waiting?: string | null;
  replaced?: string;
};

async function writeOnce(db: D1Database, given: Fact[], config: FactsConfig): Promise<WriteReport> {
  const landed_at = now(config);
  const arrival = await divideFacts(db, given);
  const people = await resolveContacts(db, arrival.ready, config.CONTACT_KEY_SECRET);
  const events = arrival.ready.filter((fact) => fact.kind === 'email_event');
  const observed = arrival.ready
    .filter((fact) => fact.kind !== 'email_event')
    .map((fact) => owned(fact, people));
  const mail = mailStatements(db, events, people, { zone: config.BUSINESS_TIME_ZONE, landed_at });
  const survivors = people.merges.map((merge) => merge.survivor);
  const touched = [
    ...observed.flatMap((fact) => fact.held_by ?? []),
    ...mail.contact_ids,
    ...survivors,
  ];
  const results = await db.batch<Returned>([
    ...waitingStatements(db, arrival, landed_at),
    ...peopleStatements(db, people, landed_at),
    ...observationStatements(db, observed, landed_at),
    ...namedStatements(db, arrival.ready),
    ...mail.statements,
    ...matchStrayReplies(db, [...mail.contact_ids, ...survivors]),
    foldContacts(db, [...new Set(touched)], thingsOf(observed)),
  ]);
  const returned = results.flatMap((result) => result.results ?? []);
  const landed = landedOf(arrival.ready, people, returned);
  const released = new Set(arrival.released.map(({ fact }) => fact));
  const inserted = landed.filter((fact) => !released.has(fact)).length;
  const waiting = returned.filter((row) => row.waiting).length;
  // Who lost a thing, and whose thing changed with a fact of somebody else.
  const concerned = returned.flatMap((row) => row.contact_id ?? []);
  const losers = people.merges.map((merge) => merge.loser);
  return {
    inserted,
    waiting,
    duplicates: given.length - inserted - waiting,
    landed,
    contact_ids: [...new Set([...touched, ...concerned, ...losers])],
    new_contacts: people.added.length,
    merged: people.merges.length,
  };
}

/** Stores the observations, and what follows from them but the contacts. */
function observationStatements(
  db: D1Database,
  observed: Owned[],
  landed_at: number,
): D1PreparedStatement[] {
  if (observed.length === 0) return [];
  const json = JSON.stringify(observed);
  const keys = Map.groupBy(observed, ({ kind }) => kind);
  return [
    db.prepare(insertObservations).bind(json, landed_at),
    ...(observed.some(({ same_as }) => same_as) ? [db.prepare(insertLinks).bind(json)] : []),
    countNewer(db),
    ...thingTables.flatMap((thing) => {
      const things = new Set(keys.get(thing.kind)?.map(({ thing_key }) => thing_key));
      return things.size > 0 ? foldStatements(db, thing, [...things]) : [];
    }),
    ...(observed.some(({ stated }) => stated.unsubscribed === 1)
      ? [db.prepare(suppressStated).bind(json)]
      : []),
  ];
}

const thingsOf = (observed: Owned[]): [ThingKind, string][] =>
  observed.flatMap(({ kind, thing_key, same_as = [] }) =>
    kind === 'contact'
      ? []
      : [thing_key, ...same_as].map((key): [ThingKind, string] => [kind, key]),
  );

/** The facts whose deliveries the batch inserted, each once. */
function landedOf(facts: Fact[], people: People, returned: Returned[]): Fact[] {
  const unseen = new Set(returned.flatMap((row) => row.delivery ?? []));
  // An event that comes again with an earlier instant is no new one.
  for (const { replaced } of returned) if (replaced !== undefined) unseen.delete(replaced);
  return facts.filter((fact) => unseen.delete(deliveryOf(fact, people)));
}

/** An observation with its contact, and the addresses that it names. */
type Owned = Observation & {
  /** Whom it was stated for, who may be merged away. */
  contact_id: number | null;
  /** Whose it is. */
  held_by: number | null;
  address: string | null;
  addresses: string[];
};

/** A contact's observed are kept under its id, so that its fold is one range of keys. */
function owned(fact: Observation, people: People): Owned {
  const stated = fact.contact ? addressText(fact.contact) : undefined;
  const held_by = stated === undefined ? null : people.byAddress.get(stated)!;
  const contact_id = stated === undefined ? null : (people.origins.get(stated) ?? held_by);
  const thing_key = fact.kind === 'contact' ? String(held_by) : fact.thing_key;
  const mark = fact.waits_for_contact ? WAITING : '';
  const named = [fact.contact ?? [], fact.identities ?? []]
    .flat()
    .map((address) => mark + addressText(address));
  const address = fact.contact?.value ?? null;
  return { ...fact, contact_id, held_by, thing_key, address, addresses: [...new Set(named)] };
}

/** The name of one delivery, as the two inserts return it. */
function deliveryOf(fact: Fact, people: People): string {
  if (fact.kind === 'email_event') return fact.event_id;
  return [fact.kind, owned(fact, people).thing_key, fact.observation_key].join(' ');
}

/** Columns of an observation that are no plain values of the fact. */
const specialColumns: Partial<Record<ColumnName<typeof observations>, string>> = {
  landed_at: '?2',
  stated: "value -> 'stated'",
};
const observationColumns = columnsOf(observations);
const observedValue = (name: ColumnName<typeof observations>): string =>
  specialColumns[name] ?? `value ->> '${name}'`;

const insertObservations = `
  insert into observations (${observationColumns.join(', ')})
  select ${observationColumns.map(observedValue).join(', ')}
  from json_each(?1) where true
  on conflict (kind, thing_key, observation_key)
    ${claim({ table: 'observations', column: 'imports', path: '$' })}
  returning case when landed_at = ?2
    then concat(kind, ' ', thing_key, ' ', observation_key) end as delivery`;

const insertLinks = `
  with stated as (
    select o.value ->> 'kind' as kind, o.value ->> 'thing_key' as thing_key, s.value as other_key
    from json_each(?1) o, json_each(o.value, '$.same_as') s
  )
  insert into thing_links (kind, thing_key, other_key)
  select kind, thing_key, other_key from stated where thing_key <> other_key
  union select kind, other_key, thing_key from stated where thing_key <> other_key
  on conflict do nothing`;

/** An import can set an unsubscribe, never lift it (L6). */
const suppressStated = `
  insert into suppressions (contact_id, address, reason, suppressed_at)
  select value ->> 'held_by', value ->> 'address', 'stated', min(value ->> 'observed_at')
  from json_each(?1)
  where value ->> '$.stated.unsubscribed' = 1 group by 1, 2
  on conflict do update set suppressed_at = excluded.suppressed_at
  where excluded.suppressed_at < suppressions.suppressed_at`;
