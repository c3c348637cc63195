/**
 * What each fact of an import would change, read before the writer runs and without writing: what
 * a dry run answers too.
 */
import type { FactsConfig } from '../../core/config.ts';
import { addressText } from '../../core/facts/address.ts';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import { type People, resolveContacts } from '../people/resolve.ts';
import { incompleteThings } from './incomplete-things.ts';
import { divideFacts } from './waiting-facts.ts';

/**
 * `new`: its thing, contact or event is not known yet; `updated`: known, and this says more of it;
 * `skipped`: seen before. The last two wait and are in no mart (F1): `incomplete` until another
 * fact states what its thing lacks, `unknown_person` until a contact fact names its external id.
 */
export type Outcome = 'new' | 'updated' | 'skipped' | 'incomplete' | 'unknown_person';

type Name = {
  kind: string;
  thing: string;
  delivery: string;
  contact_id: number | null;
  /** An event's own instant; of all else the one that it is true for. */
  at: number;
  /** The mail that an event names. */
  mail?: string | null;
};

/**
 * `tied`: facts that say otherwise than another of the same thing and instant, so that only their
 * keys decide which holds (G6).
 */
export type Outcomes = { outcomes: Outcome[]; tied: number };

/** One outcome per fact, in order; a fact that is in the list twice is skipped the second time. */
export async function outcomesOf(
  db: D1Database,
  facts: Fact[],
  config: FactsConfig,
): Promise<Outcomes> {
  const waiting = new Set((await divideFacts(db, facts)).waiting.map(({ fact }) => fact));
  const ready = facts.filter((fact) => !waiting.has(fact));
  const people = await resolveContacts(db, ready, config.CONTACT_KEY_SECRET);
  const names = new Map(ready.map((fact) => [fact, nameOf(fact, people)]));
  const seen = await seenBefore(db, [...names.values()]);
  const incomplete = await incompleteThings(db, facts.filter(isAboutThing));
  const added = new Set(people.added.map((contact) => contact.contact_id));
  for (const { kind, thing, contact_id } of names.values())
    if (kind === 'contact' && !added.has(contact_id!)) seen.things.add(`${kind} ${thing}`);
  let tied = 0;
  const decide = (fact: Fact): Outcome => {
    const name = names.get(fact);
    if (!name)
      return isAboutThing(fact) && incomplete.has(thingName(fact))
        ? 'incomplete'
        : 'unknown_person';
    const whole = `${name.kind} ${name.thing}`;
    const delivery = `${whole} ${name.delivery}`;
    const instant = `${whole} ${name.at}`;
    const isSkipped = seen.deliveries.has(delivery);
    const isKnown = seen.things.has(whole);
    if (!isSkipped && seen.instants.has(instant)) tied++;
    seen.deliveries.add(delivery);
    seen.things.add(whole);
    seen.instants.add(instant);
    if (incomplete.has(whole)) return 'incomplete';
    return isSkipped ? 'skipped' : isKnown ? 'updated' : 'new';
  };
  return { outcomes: facts.map(decide), tied };
}

const isAboutThing = (fact: Fact): fact is Observation =>
  fact.kind !== 'email_event' && fact.kind !== 'contact';

const thingName = ({ kind, thing_key }: Observation): string => `${kind} ${thing_key}`;

/**
 * A contact is known by whom its addresses lead to, an event by its own id, everything else by its
 * thing.
 */
function nameOf(fact: Fact, people: People): Name {
  const addressed = fact.contact ? people.byAddress.get(addressText(fact.contact)) : undefined;
  if (fact.kind === 'email_event') {
    const { kind, event_id, occurred_at: at, message_id: mail } = fact;
    const contact_id = addressed ?? null;
    return { kind, thing: event_id, delivery: event_id, contact_id, at, mail };
  }
  const thing = fact.kind === 'contact' ? String(addressed) : fact.thing_key;
  const { kind, observation_key, observed_at } = fact;
  return { kind, thing, delivery: observation_key, contact_id: addressed ?? null, at: observed_at };
}

type Seen = Record<'things' | 'deliveries' | 'instants', Set<string>>;

async function seenBefore(db: D1Database, names: Name[]): Promise<Seen> {
  const rows = JSON.stringify(names);
  const [things, deliveries, events, instants] = await db.batch<{ name: string }>(
    [knownThings, knownDeliveries, knownEvents, knownInstants].map((sql) =>
      db.prepare(sql).bind(rows),
    ),
  );
  const namesIn = (result: D1Result<{ name: string }> | undefined) =>
    result?.results.map((row) => row.name) ?? [];
  return {
    things: new Set(namesIn(things)),
    deliveries: new Set([...namesIn(deliveries), ...namesIn(events)]),
    instants: new Set(namesIn(instants)),
  };
}

const knownThings = `
  select distinct concat(o.kind, ' ', o.thing_key) as name
  from json_each(?1) f
  join observations o on o.kind = f.value ->> 'kind' and o.thing_key = f.value ->> 'thing'
  where o.kind <> 'contact'`;

const knownDeliveries = `
  select concat(o.kind, ' ', o.thing_key, ' ', o.observation_key) as name
  from json_each(?1) f
  join observations o on o.kind = f.value ->> 'kind' and o.thing_key = f.value ->> 'thing'
    and o.observation_key = f.value ->> 'delivery'`;

const knownEvents = `
  select concat('email_event ', e.event_id, ' ', e.event_id) as name
  from json_each(?1) f
  join email_events e on e.contact_id = f.value ->> 'contact_id'
    and e.occurred_at = f.value ->> 'at'
    and e.event_id = f.value ->> 'delivery'
  union all
  select concat('email_event ', e.event_id, ' ', e.event_id)
  from json_each(?1) f
  join email_events e indexed by email_events_answering on e.sender is not null
    and e.message_id = f.value ->> 'mail' and e.event_id = f.value ->> 'delivery'`;

const knownInstants = `
  select distinct concat(o.kind, ' ', o.thing_key, ' ', o.observed_at) as name
  from json_each(?1) f
  join observations o on o.kind = f.value ->> 'kind' and o.thing_key = f.value ->> 'thing'
    and o.observed_at = f.value ->> 'at'`;
