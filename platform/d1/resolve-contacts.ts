/** Whose facts these are: addresses to contacts, new contacts, and the merges that shared identities make (P1, P2). */
import { type Address, addressText, compareAddresses } from '../../core/facts/address.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { contactKey } from '../../core/hash.ts';
import { type MessageOwner, messageOwners } from './message-owners.ts';

export type Merge = {
  loser: number;
  survivor: number;
  loser_key: string;
  kind: string;
  value: string;
};

export type People = {
  /** Contact of an address text, and of each message that the facts name. */
  byAddress: Map<string, number>;
  byMessage: Map<string, number>;
  messages: Map<string, MessageOwner>;
  added: { contact_id: number; contact_key: string }[];
  rekeyed: { contact_id: number; contact_key: string }[];
  identities: (Address & { contact_id: number })[];
  merges: Merge[];
  /** What was read, so that the batch can refuse to write over a change made meanwhile. */
  seen: (Address & { contact_id: number | null })[];
};

type Known = Address & { contact_id: number };
type Group = { addresses: Map<string, Address>; contacts: Set<number> };

/** Reads what the house knows of these facts' addresses and plans what must change. Writes nothing. */
export async function resolveContacts(
  db: D1Database,
  facts: Fact[],
  secret: string,
): Promise<People> {
  const messages = await messageOwners(db, facts);
  const sets = facts.map((fact) => addressesOf(fact, messages)).filter((set) => set.length > 0);
  const wanted = new Map(sets.flat().map((address) => [addressText(address), address]));
  const known = await knownIdentities(db, [...wanted.values()]);
  const groups = groupsOf(sets, known);
  const touched = [...groups].filter(
    (g) => g.contacts.size > 1 || [...g.addresses.keys()].some((text) => !known.has(text)),
  );
  const owned = await identitiesOf(
    db,
    touched.flatMap((group) => [...group.contacts]),
  );
  const people: People = {
    ...{
      byAddress: new Map(),
      byMessage: new Map(),
      messages,
      added: [],
      rekeyed: [],
      identities: [],
      merges: [],
    },
    seen: [...wanted].map(([text, address]) => ({
      ...address,
      contact_id: known.get(text)?.contact_id ?? null,
    })),
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
    else people.rekeyed.push({ contact_id, contact_key });
    for (const [text, address] of group.addresses)
      if (!known.has(text)) people.identities.push({ ...address, contact_id });
    for (const loser of losers) {
      const smallest = mine([loser]).sort(compareAddresses)[0]!;
      const { kind, value } = smallest;
      people.merges.push({
        loser,
        survivor: contact_id,
        loser_key: contactKey(secret, addressText(smallest)),
        kind,
        value,
      });
    }
  }
  for (const [message_id, { told, contact_id }] of messages)
    people.byMessage.set(
      message_id,
      told ? people.byAddress.get(addressText(told))! : survivorOf(people, contact_id!),
    );
  return people;
}

export const survivorOf = ({ merges }: People, contact_id: number): number =>
  merges.find(({ loser }) => loser === contact_id)?.survivor ?? contact_id;

/** Of a message's events only the address that it now belongs to says something new. */
function addressesOf(fact: Fact, messages: Map<string, MessageOwner>): Address[] {
  if (fact.kind === 'email_event') {
    if (fact.message_id === null) return [fact.contact];
    const { told } = messages.get(fact.message_id)!;
    return told ? [told] : [];
  }
  return [...(fact.contact ? [fact.contact] : []), ...(fact.identities ?? [])];
}

/** Joins the address sets that share an address or a contact. */
function groupsOf(sets: Address[][], known: Map<string, Known>): Set<Group> {
  const byText = new Map<string, Group>();
  const byContact = new Map<number, Group>();
  const groups = new Set<Group>();
  for (const set of sets) {
    let group: Group = { addresses: new Map(), contacts: new Set() };
    groups.add(group);
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
      join(byText.get(text));
      byText.set(text, group);
      group.addresses.set(text, address);
      const id = known.get(text)?.contact_id;
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
      `select i.kind, i.value, i.contact_id from json_each(?) a
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
      'select kind, value, contact_id from identities where contact_id in (select value from json_each(?))',
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
       from (select max(contact_id) as id from contacts union all select max(loser_id) from merges)`,
    )
    .first<{ id: number }>();
  return row!.id;
}
