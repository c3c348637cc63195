/**
 * What is left of contacts without the facts of one import: which of their addresses others still
 * state, and which of these belong together (P1, P2).
 */
import { firstAddress } from '../people/first-address.ts';
import { WAITING } from '../write/waiting-facts.ts';
import { isOf, ofContacts } from './take-out.ts';

/**
 * `gone`: nothing is left of them. `split`: what is left is more than one person, or a person who
 * answered for them, and has to be resolved anew. `stay`: the others, of whom `dropped` are the
 * addresses that nobody else states.
 */
export type Left = {
  gone: number[];
  split: number[];
  stay: number[];
  dropped: { contact_id: number; text: string }[];
  /** What was read, so that the batch can refuse to act on what changed meanwhile. */
  seen: Seen;
};

/** Per contact: facts that stay, facts that go, identities. */
export type Seen = { contact_id: number; facts: number; taken: number; identities: number }[];

/** A fact that stays, with the addresses that it names; null: all that the contact has. */
type Stated = {
  contact_id: number;
  addresses: string | null;
  is_contact: number;
  lacks_recipient: number;
};

const ids = '(select value from json_each(?1))';

/** The survivor of a contact, of those of an observation of a thing. */
const own = `case when o.kind = 'contact' then cast(o.thing_key as integer)
  else coalesce((select survivor_id from merges where loser_id = o.contact_id), o.contact_id) end`;

const statedBy = ({ observation, event }: ReturnType<typeof isOf>): string => `
  select ${own} as contact_id, o.addresses, o.kind = 'contact' as is_contact,
    0 as lacks_recipient
  from observations o where ${ofContacts} and (${observation}) is not true
  union
  select e.contact_id, case
      when e.imported is not null then json_array(e.imported ->> '$.contact')
      when e.sender is not null then json_array(e.sender)
      when e.names_no_message = 1 then json_array(concat(
        ${firstAddress('e.contact_id', 'kind')}, ':', ${firstAddress('e.contact_id')}))
      when m.recipient is not null then json_array(m.recipient) end,
    0,
    e.sender is not null and not exists (
      select 1 from email_messages r join email_events s
        on s.contact_id = r.contact_id and s.message_id = r.message_id
      where r.message_id = e.message_id and r.recipient is not null and s.sender is null
        and (${event.replaceAll('e.', 's.')}) is not true)
  from email_events e
  left join email_messages m on m.contact_id = e.contact_id and m.message_id = e.message_id
  where e.contact_id in ${ids} and (${event}) is not true`;

/** Counts by contact, as they are read and as the batch finds them. */
const counted = ({ observation, event }: ReturnType<typeof isOf>): string => `
  select contact_id, sum(is_taken = 0) as facts, sum(is_taken = 1) as taken,
    (select count(*) from identities i where i.contact_id = f.contact_id) as identities
  from (
    select ${own} as contact_id, (${observation}) is true as is_taken
    from observations o where ${ofContacts}
    union all
    select e.contact_id, (${event}) is true from email_events e where e.contact_id in ${ids}) f
  group by contact_id order by contact_id`;

/**
 * Fails the whole batch where facts or addresses of these contacts have changed since they were
 * read: a value of `kind` that its check refuses aborts it.
 */
export function refuseChanged(
  db: D1Database,
  contact_ids: number[],
  import_id: number,
  seen: Seen,
): D1PreparedStatement {
  const known = seen
    .filter(({ contact_id }) => contact_ids.includes(contact_id))
    .map(({ contact_id, facts, taken, identities }) => [contact_id, facts, taken, identities]);
  return db
    .prepare(
      `insert into identities (kind, value, contact_id)
       select 'changed', '', 0 where ?2 <> (
         select json_group_array(json_array(contact_id, facts, taken, identities))
         from (${counted(isOf(import_id))}))`,
    )
    .bind(JSON.stringify(contact_ids), JSON.stringify(known));
}

/** Reads what is left. Writes nothing. */
export async function whatIsLeft(
  db: D1Database,
  contact_ids: number[],
  import_id: number,
): Promise<Left> {
  const conditions = isOf(import_id);
  const bound = JSON.stringify(contact_ids);
  const [stated, identities, seen] = await db.batch<unknown>([
    db.prepare(statedBy(conditions)).bind(bound),
    db
      .prepare(
        `select contact_id, concat(kind, ':', value) as text from identities
         where contact_id in ${ids}`,
      )
      .bind(bound),
    db.prepare(counted(conditions)).bind(bound),
  ]);
  const byContact = Map.groupBy(stated!.results as Stated[], ({ contact_id }) => contact_id);
  const owned = Map.groupBy(
    identities!.results as { contact_id: number; text: string }[],
    ({ contact_id }) => contact_id,
  );
  const left: Left = { gone: [], split: [], stay: [], dropped: [], seen: seen!.results as Seen };
  for (const contact_id of contact_ids) {
    const facts = byContact.get(contact_id) ?? [];
    const own = new Set(owned.get(contact_id)?.map(({ text }) => text));
    const [group, ...others] = groupsOf(facts, own);
    const isAnothers = facts.some((fact) => waitsFor(fact).some((text) => !group?.has(text)));
    if (facts.length === 0) left.gone.push(contact_id);
    else if (!group || others.length > 0 || isAnothers) left.split.push(contact_id);
    else {
      left.stay.push(contact_id);
      for (const text of own) if (!group.has(text)) left.dropped.push({ contact_id, text });
    }
  }
  return left;
}

const textsOf = ({ addresses }: Stated): string[] => JSON.parse(addresses!) as string[];

/**
 * The addresses of a fact that makes no contact: it waits for one, or answers a mail for somebody
 * else.
 */
function waitsFor(fact: Stated): string[] {
  if (fact.addresses === null) return [];
  const texts = textsOf(fact);
  if (fact.lacks_recipient) return texts;
  if (fact.is_contact) return [];
  return texts
    .filter((text) => text.startsWith(WAITING) || text.startsWith('external:'))
    .map((text) => text.replace(/^\?/, ''));
}

/**
 * The addresses of a contact that facts make somebody's, joined where one fact names several. Facts
 * from before addresses were kept name all that the contact has.
 */
function groupsOf(facts: Stated[], own: Set<string>): Set<string>[] {
  let groups: Set<string>[] = [];
  for (const fact of facts) {
    const waiting = waitsFor(fact);
    const named = fact.addresses === null ? [...own] : textsOf(fact);
    const known = named.filter((text) => own.has(text) && !waiting.includes(text));
    if (known.length === 0) continue;
    const touching = groups.filter((group) => known.some((text) => group.has(text)));
    if (touching.length === 1 && known.every((text) => touching[0]!.has(text))) continue;
    const joined = new Set([...known, ...touching.flatMap((group) => [...group])]);
    groups = [...groups.filter((group) => !touching.includes(group)), joined];
  }
  return groups;
}
