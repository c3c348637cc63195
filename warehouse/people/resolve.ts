/** Resolves addresses to contacts: known ones, new ones, and merges of shared ones (P1, P2). */
import { type Address, addressText, compareAddresses } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { contactKey } from '../../core/hash.ts';
import { holdersOfAnswers, isAnswer, type Mail, mailsOf } from '../write/mail-recipients.ts';
import { type Link, linksOf, originsOf } from './links.ts';

export type Merge = Link & {
  loser: number;
  survivor: number;
  loser_key: string;
  kind: string;
  value: string;
};

export type People = {
  /** Contact of an address text. Who answers for somebody else need not be a contact. */
  byAddress: Map<string, number>;
  /** Whom a fact of this address text is stated for: the contact before merges moved it. */
  origins: Map<string, number>;
  mails: Map<string, Mail>;
  /** Contacts that were there before and are merged or get another identity. */
  changed: number[];
  /** Who holds answers to their mail. */
  answered: number[];
  added: { contact_id: number; contact_key: string }[];
  rekeyed: { contact_id: number; contact_key: string }[];
  identities: (Address & { contact_id: number; merged_from: number | null })[];
  merges: Merge[];
  /** What was read, so that the batch can refuse to overwrite a change made meanwhile. */
  seen: (Address & { contact_id: number | null })[];
};

type Known = Address & { contact_id: number; merged_from: number | null };
type Group = { addresses: Map<string, Address>; contacts: Set<number> };

/** Reads the identities that these facts name and plans what must change. Writes nothing. */
export async function resolveContacts(
  db: D1Database,
  facts: Fact[],
  secret: string,
): Promise<People> {
  const mails = await mailsOf(db, facts);
  const sets = facts.map((fact) => addressesOf(fact, mails)).filter((set) => set.length > 0);
  const answering = facts.filter(isAnswer).map(({ contact }) => contact);
  const wanted = new Map(
    [...sets.flat(), ...answering].map((address) => [addressText(address), address]),
  );
  const known = await knownIdentities(db, [...wanted.values()]);
  const groups = await groupsUnrefused(db, sets, known);
  const origins = originsOf(sets, known);
  const touched = [...groups].filter(
    (g) => g.contacts.size > 1 || [...g.addresses.keys()].some((text) => !known.has(text)),
  );
  const owned = await identitiesOf(
    db,
    touched.flatMap((group) => [...group.contacts]),
  );
  const people: People = {
    byAddress: new Map(),
    origins,
    mails,
    changed: [],
    answered: [],
    added: [],
    rekeyed: [],
    identities: [],
    merges: [],
    seen: [...wanted].map(([text, address]) => ({
      ...address,
      contact_id: known.get(text)?.contact_id ?? null,
    })),
  };
  const held = (contact_id: number, text: string) => {
    const origin = origins.get(text) ?? contact_id;
    return { contact_id, merged_from: origin === contact_id ? null : origin };
  };
  let next = touched.some((group) => group.contacts.size === 0) ? await nextContactId(db) : 0;
  for (const group of groups) {
    const [first, ...losers] = [...group.contacts].sort((a, b) => a - b);
    const contact_id = first ?? next++;
    for (const text of group.addresses.keys()) people.byAddress.set(text, contact_id);
    if (!touched.includes(group)) continue;
    const mine = (ids: number[]) => owned.filter((identity) => ids.includes(identity.contact_id));
    const all = [...group.addresses.values(), ...mine([contact_id, ...losers])].sort(
      compareAddresses,
    );
    const contact_key = contactKey(secret, addressText(all[0]!));
    if (first === undefined) people.added.push({ contact_id, contact_key });
    else {
      people.rekeyed.push({ contact_id, contact_key });
      people.changed.push(contact_id, ...losers);
    }
    for (const [text, address] of group.addresses)
      if (!known.has(text)) people.identities.push({ ...address, ...held(contact_id, text) });
    const links = linksOf(contact_id, losers, sets, known);
    for (const loser of losers) {
      const smallest = mine([loser]).sort(compareAddresses)[0]!;
      const { kind, value } = smallest;
      people.merges.push({
        ...links.get(loser)!,
        loser,
        survivor: contact_id,
        loser_key: contactKey(secret, addressText(smallest)),
        kind,
        value,
      });
    }
  }
  for (const [text, contact_id] of people.byAddress)
    if (!origins.has(text)) origins.set(text, contact_id);
  for (const [text, { contact_id }] of known)
    if (!people.byAddress.has(text)) people.byAddress.set(text, survivorOf(people, contact_id));
  people.answered = await holdersOfAnswers(db, people.changed);
  return people;
}

export const survivorOf = ({ merges }: People, contact_id: number): number =>
  merges.find(({ loser }) => loser === contact_id)?.survivor ?? contact_id;

/** Who answers a mail that went to somebody is no contact of the house for that. */
function addressesOf(fact: Fact, mails: Map<string, Mail>): Address[] {
  if (isAnswer(fact)) return mails.get(fact.message_id)!.has_recipient ? [] : [fact.contact];
  if (fact.kind === 'email_event') return [fact.contact];
  return [...(fact.contact ? [fact.contact] : []), ...(fact.identities ?? [])];
}

/** The groups, without joining two contacts of whom somebody said that they are two people. */
async function groupsUnrefused(
  db: D1Database,
  sets: Address[][],
  known: Map<string, Known>,
): Promise<Set<Group>> {
  const groups = groupsOf(sets, known, new Set());
  const merging = [...groups].filter(({ contacts }) => contacts.size > 1);
  if (merging.length === 0) return groups;
  const refused = await refusedPairs(
    db,
    merging.flatMap(({ contacts }) => [...contacts]),
  );
  return refused.size > 0 ? groupsOf(sets, known, refused) : groups;
}

const pairOf = (one: number, other: number): string => [one, other].sort((a, b) => a - b).join(' ');

/** As their survivors are called now. */
async function refusedPairs(db: D1Database, contact_ids: number[]): Promise<Set<string>> {
  const { results } = await db
    .prepare(REFUSED)
    .bind(JSON.stringify(contact_ids))
    .all<{ one: number; other: number }>();
  return new Set(results.map(({ one, other }) => pairOf(one, other)));
}

const REFUSED = `
  with pairs as (
    select coalesce(m.survivor_id, r.contact_id) as one,
      coalesce(n.survivor_id, r.other_id) as other
    from refused_merges r
    left join merges m on m.loser_id = r.contact_id
    left join merges n on n.loser_id = r.other_id)
  select one, other from pairs where one in (select value from json_each(?1))`;

/**
 * Joins the address sets that share an address or a contact. What would join a refused pair stays
 * where it is: a fact is then its first address's.
 */
function groupsOf(sets: Address[][], known: Map<string, Known>, refused: Set<string>): Set<Group> {
  const byText = new Map<string, Group>();
  const byContact = new Map<number, Group>();
  const groups = new Set<Group>();
  for (const set of sets) {
    let group: Group = { addresses: new Map(), contacts: new Set() };
    groups.add(group);
    const isRefused = (contacts: Iterable<number>): boolean =>
      refused.size > 0 &&
      [...contacts].some((id) => [...group.contacts].some((own) => refused.has(pairOf(id, own))));
    const join = (other: Group | undefined) => {
      if (!other || other === group) return;
      const [large, small] =
        other.addresses.size > group.addresses.size ? [other, group] : [group, other];
      for (const [text, address] of small.addresses)
        byText.set(text, large.addresses.set(text, address) && large);
      for (const id of small.contacts) byContact.set(id, large.contacts.add(id) && large);
      groups.delete(small);
      group = large;
    };
    for (const address of set) {
      const text = addressText(address);
      const id = known.get(text)?.contact_id;
      const others = [byText.get(text), id === undefined ? undefined : byContact.get(id)];
      if (isRefused([id ?? [], ...others.map((other) => [...(other?.contacts ?? [])])].flat()))
        continue;
      join(byText.get(text));
      byText.set(text, group);
      group.addresses.set(text, address);
      if (id === undefined) continue;
      join(byContact.get(id));
      byContact.set(id, group);
      group.contacts.add(id);
    }
  }
  return groups;
}

async function knownIdentities(db: D1Database, addresses: Address[]): Promise<Map<string, Known>> {
  const { results } = await db
    .prepare(
      `select i.kind, i.value, i.contact_id, i.merged_from from json_each(?) a
       join identities i on i.kind = a.value ->> 0 and i.value = a.value ->> 1`,
    )
    .bind(JSON.stringify(addresses.map(({ kind, value }) => [kind, value])))
    .all<Known>();
  return new Map(results.map((row) => [addressText(row), row]));
}

async function identitiesOf(db: D1Database, contact_ids: number[]): Promise<Known[]> {
  if (contact_ids.length === 0) return [];
  const { results } = await db
    .prepare(
      `select kind, value, contact_id, merged_from from identities
       where contact_id in (select value from json_each(?))`,
    )
    .bind(JSON.stringify(contact_ids))
    .all<Known>();
  return results;
}

/** Never an id that was merged away. */
async function nextContactId(db: D1Database): Promise<number> {
  const row = await db
    .prepare(
      `select coalesce(max(id), 0) + 1 as id
       from (
         select max(contact_id) as id from contacts
         union all select max(loser_id) from merges)`,
    )
    .first<{ id: number }>();
  return row!.id;
}
