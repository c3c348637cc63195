/** What each fact of an import would change, read before the writer runs and without writing: what a dry run tells too. */
import { addressText } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';
import type { Config } from '../config.ts';
import { type People, resolveContacts } from './resolve-contacts.ts';

/** `new`: its thing, contact or event is not known yet; `updated`: known, and this says more of it; `skipped`: seen before. */
export type Outcome = 'new' | 'updated' | 'skipped';

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

/** `tied`: facts that say otherwise than another of the same thing and instant, so that only their keys decide which holds (G6). */
export type Outcomes = { outcomes: Outcome[]; tied: number };

/** One outcome per fact, in order. A fact that stands in the list twice is skipped the second time. */
export async function outcomesOf(db: D1Database, facts: Fact[], config: Config): Promise<Outcomes> {
  const people = await resolveContacts(db, facts, config.CONTACT_KEY_SECRET);
  const names = facts.map((fact) => nameOf(fact, people));
  const seen = await seenBefore(db, names);
  const added = new Set(people.added.map((contact) => contact.contact_id));
  for (const { kind, thing, contact_id } of names)
    if (kind === 'contact' && !added.has(contact_id!)) seen.things.add(`${kind} ${thing}`);
  let tied = 0;
  const outcomes = names.map(({ kind, thing, delivery, at }): Outcome => {
    const [one, whole, instant] = [
      `${kind} ${thing} ${delivery}`,
      `${kind} ${thing}`,
      `${kind} ${thing} ${at}`,
    ];
    const outcome = seen.deliveries.has(one)
      ? 'skipped'
      : seen.things.has(whole)
        ? 'updated'
        : 'new';
    if (outcome !== 'skipped' && seen.instants.has(instant)) tied++;
    seen.deliveries.add(one);
    seen.things.add(whole);
    seen.instants.add(instant);
    return outcome;
  });
  return { outcomes, tied };
}

/** A contact is known by whom its addresses lead to, an event by its own id, everything else by its thing. */
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
  join email_events e on e.contact_id = f.value ->> 'contact_id' and e.occurred_at = f.value ->> 'at'
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
