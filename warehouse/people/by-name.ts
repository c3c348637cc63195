/** Whom the house knows by a full name. */
import { type Address, compareAddresses } from '../../core/facts/address.ts';

/**
 * `matches`: how many people have the name; `contact`: the canonical address of the only one, else
 * null.
 */
export type Named = { name: string; matches: number; contact: Address | null };

/** Names are compared without their case and the blanks around them. */
export const nameKey = (name: string): string => name.trim().toLowerCase();

type Row = Address & { full_name: string; contact_id: number };

/** One scan of the people, however many names are asked for. */
const sql = `
  select c.full_name, c.contact_id, i.kind, i.value
  from contacts c
  join identities i on i.contact_id = c.contact_id
  where lower(trim(c.full_name)) in (select lower(trim(value)) from json_each(?1))
    or trim(c.full_name) in (select trim(value) from json_each(?1))`;

export async function peopleByName(db: D1Database, names: string[]): Promise<Named[]> {
  const { results } = await db.prepare(sql).bind(JSON.stringify(names)).all<Row>();
  const byName = Map.groupBy(results, ({ full_name }) => nameKey(full_name));
  return names.map((name) => {
    const rows = byName.get(nameKey(name)) ?? [];
    const matches = new Set(rows.map(({ contact_id }) => contact_id)).size;
    const [first] = rows.toSorted(compareAddresses);
    const contact = matches === 1 && first ? { kind: first.kind, value: first.value } : null;
    return { name, matches, contact };
  });
}
