/** Whom the house knows by a full name. */
import { foldCase } from '../../core/characters.ts';
import { type Address, compareAddresses } from '../../core/facts/address.ts';

/**
 * `matches`: how many people have the name; `contact`: the canonical address of the only one, else
 * null.
 */
export type Named = { name: string; matches: number; contact: Address | null };

/** Names are compared without their case and the blanks around them. */
const nameKey = (name: string): string => foldCase(name.trim());

type Person = { contact_id: number; full_name: string };

const PEOPLE_PER_READ = 20_000;

export async function peopleByName(db: D1Database, names: string[]): Promise<Named[]> {
  const people = await peopleCalled(db, names);
  const addresses = await addressesOf(db, [...people.values()].flat());
  return names.map((name) => {
    const ids = people.get(nameKey(name)) ?? [];
    const [first] = ids.length === 1 ? (addresses.get(ids[0]!) ?? []) : [];
    return { name, matches: ids.length, contact: first ?? null };
  });
}

/** The people of each name, by its key. */
async function peopleCalled(db: D1Database, names: string[]): Promise<Map<string, number[]>> {
  const people = new Map(names.map((name) => [nameKey(name), [] as number[]]));
  const isForeign = names.some((name) => /[^ -~]/.test(name)) ? 1 : 0;
  for (let after = 0; ; ) {
    const { results } = await db
      .prepare(sameOrForeign)
      .bind(JSON.stringify(names), isForeign, after, PEOPLE_PER_READ)
      .all<Person>();
    for (const { contact_id, full_name } of results)
      people.get(nameKey(full_name))?.push(contact_id);
    if (results.length < PEOPLE_PER_READ) return people;
    after = results.at(-1)!.contact_id;
  }
}

/** SQL folds the case of ASCII letters only; names with others are compared by the caller. */
const sameOrForeign = `
  select contact_id, full_name
  from contacts
  where contact_id > ?3
    and (lower(trim(full_name)) in (select lower(trim(value)) from json_each(?1))
      or ?2 = 1 and full_name glob '*[^ -~]*')
  order by contact_id
  limit ?4`;

/** The addresses of each person, the canonical one first. */
async function addressesOf(db: D1Database, ids: number[]): Promise<Map<number, Address[]>> {
  const { results } = await db
    .prepare(
      `select contact_id, kind, value from identities
       where contact_id in (select value from json_each(?))`,
    )
    .bind(JSON.stringify(ids))
    .all<Address & { contact_id: number }>();
  const sorted = results.toSorted(compareAddresses);
  const byPerson = Map.groupBy(sorted, ({ contact_id }) => contact_id);
  return new Map(
    [...byPerson].map(([id, rows]) => [id, rows.map(({ kind, value }) => ({ kind, value }))]),
  );
}
