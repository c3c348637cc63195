/** The one writer: a batch of normalised facts enters the warehouse in one atomic batch of set-based statements (F1). */

import { now } from '../../core/clock.ts';
import type { FactsConfig } from '../../core/config.ts';
import { addressText } from '../../core/facts/address.ts';
import type { EmailEvent, Fact, Observation } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import { foldContacts } from '../people/fold.ts';
import { peopleStatements } from '../people/merge.ts';
import { type People, resolveContacts } from '../people/resolve.ts';
import { foldStatements } from './fold.ts';
import { mailStatements } from './mail.ts';
import { matchStrayReplies } from './stray-replies.ts';
import { thingTables } from './things.ts';
import { divideFacts, isWaitedFor, waitingStatements } from './waiting-facts.ts';

export type WriteReport = {
  /** Deliveries not seen before, those kept until a contact fact names their external id, and those seen before: the facts given. */
  inserted: number;
  waiting: number;
  duplicates: number;
  /** Every contact that the facts name, also of duplicates and merged away: what must be refreshed. */
  contact_ids: number[];
  /** The facts that count from now on, each once, those that waited for one of these among them: what the live pulse counts. */
  landed: Fact[];
  new_contacts: number;
  merged: number;
};

const ATTEMPTS = 5;

/**
 * Stores facts once and folds the things they speak of; the order and number of deliveries never show (G6). Safe to repeat.
 * A writer that changed the same people meanwhile makes the batch start over; after five times `Fault('storage_busy')`.
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

/** What the statements of a batch return. */
type Returned = {
  contact_id?: number;
  delivery?: string;
  waiting?: string;
  replaced?: string;
};

async function writeOnce(db: D1Database, given: Fact[], config: FactsConfig): Promise<WriteReport> {
  const landed_at = now(config);
  const arrival = await divideFacts(db, given);
  const facts = arrival.ready;
  const people = await resolveContacts(db, facts, config.CONTACT_KEY_SECRET);
  const events = facts.filter((fact): fact is EmailEvent => fact.kind === 'email_event');
  const told = facts
    .filter((fact): fact is Observation => fact.kind !== 'email_event')
    .map((fact) => owned(fact, people));
  const mail = mailStatements(db, events, people, { zone: config.BUSINESS_TIME_ZONE, landed_at });
  const observing =
    told.length > 0
      ? db.prepare(insertObservations).bind(JSON.stringify(told), landed_at)
      : undefined;
  const things = thingTables.flatMap((thing) => {
    const keys = [
      ...new Set(told.filter((fact) => fact.kind === thing.kind).map((fact) => fact.thing_key)),
    ];
    if (keys.length === 0) return [];
    return foldStatements(db, thing, keys);
  });
  const survivors = people.merges.map((merge) => merge.survivor);
  const touched = [
    ...new Set([
      ...told.flatMap((fact) => fact.contact_id ?? []),
      ...mail.contact_ids,
      ...survivors,
    ]),
  ];
  const statements = [
    ...waitingStatements(db, arrival, landed_at),
    ...peopleStatements(db, people, landed_at),
    ...(observing ? [observing, db.prepare(upsertAgents).bind(JSON.stringify(told))] : []),
    ...things,
    ...mail.statements,
    ...matchStrayReplies(db, [...mail.contact_ids, ...survivors]),
    ...(told.some((fact) => fact.stated.unsubscribed === 1)
      ? [db.prepare(suppressStated).bind(JSON.stringify(told))]
      : []),
    foldContacts(
      db,
      touched,
      told.filter(({ kind }) => kind !== 'contact').map(({ kind, thing_key }) => [kind, thing_key]),
    ),
  ];
  const results = await db.batch<Returned>(statements);
  const returned = results.flatMap((result) => result.results ?? []);
  const unseen = new Set(returned.flatMap((row) => row.delivery ?? []));
  // Told again with an earlier instant, an event is no new one.
  for (const { replaced } of returned) if (replaced !== undefined) unseen.delete(replaced);
  const landed = facts.filter((fact) => unseen.delete(deliveryOf(fact, people)));
  const released = new Set(arrival.released.map(({ fact }) => fact));
  const inserted = landed.filter((fact) => !released.has(fact)).length;
  const waiting = returned.filter((row) => row.waiting !== undefined).length;
  // Who lost a thing, and whose thing became another by what was told of somebody else.
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

type Told = Observation & { contact_id: number | null; address: string | null };

/** A contact's observations are kept by the contact, so that its fold is one range of keys. */
function owned(fact: Observation, people: People): Told {
  const contact_id = fact.contact ? people.byAddress.get(addressText(fact.contact))! : null;
  const thing_key = fact.kind === 'contact' ? String(contact_id) : fact.thing_key;
  return { ...fact, contact_id, thing_key, address: fact.contact?.value ?? null };
}

/** The name of one delivery, as the two inserts return it. */
function deliveryOf(fact: Fact, people: People): string {
  if (fact.kind === 'email_event') return fact.event_id;
  return [fact.kind, owned(fact, people).thing_key, fact.observation_key].join(' ');
}

const insertObservations = `
  insert into observations (kind, thing_key, observation_key, contact_id, provider, account, medium,
    observed_at, landed_at, stated)
  select value ->> 'kind', value ->> 'thing_key', value ->> 'observation_key',
    value ->> 'contact_id', value ->> 'provider', value ->> 'account', value ->> 'medium',
    value ->> 'observed_at', ?2, value -> 'stated'
  from json_each(?1) where true
  on conflict do nothing
  returning concat(kind, ' ', thing_key, ' ', observation_key) as delivery`;

/** A name may be spelt in several ways: the smallest stands. */
const upsertAgents = `
  insert into agents (agent_id, name)
  select value ->> '$.stated.agent_id', min(value ->> '$.stated.agent') from json_each(?1)
  where value ->> '$.stated.agent_id' is not null group by 1
  on conflict do update set name = excluded.name where excluded.name < agents.name`;

/** An import can set an unsubscribe, never lift it (L6). */
const suppressStated = `
  insert into suppressions (contact_id, address, reason, suppressed_at)
  select value ->> 'contact_id', value ->> 'address', 'stated', min(value ->> 'observed_at') from json_each(?1)
  where value ->> '$.stated.unsubscribed' = 1 group by 1, 2
  on conflict do update set suppressed_at = excluded.suppressed_at where excluded.suppressed_at < suppressions.suppressed_at`;
