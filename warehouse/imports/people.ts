/** People after facts were taken out: who is gone, and what is left of the others. */
import { type Address, addressText, compareAddresses } from '../../core/facts/address.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { contactKey } from '../../core/hash.ts';
import { foldContacts } from '../people/fold.ts';
import { outdateMarts } from '../stored/mart-refreshes.ts';
import type { Left } from './support.ts';
import type { Concerned } from './take-out.ts';

type Owned = Address & { contact_id: number };

/** Whose things changed with those of others, as the statements of a batch return them. */
export const othersIn = (results: D1Result<{ contact_id?: number }>[]): number[] =>
  results.flatMap(({ results }) => (results ?? []).flatMap((row) => row.contact_id ?? []));

/** Each thing, for those who ever owned one. */
export const thingsOf = ({ things }: Concerned): [ThingKind, string][] =>
  [...things].flatMap(([kind, keys]) => keys.map((key): [ThingKind, string] => [kind, key]));

/** Deletes the contacts ?1 with all that only they have; their facts are gone. */
export const deleteContacts = (db: D1Database, contact_ids: number[]): D1PreparedStatement[] =>
  ['identities.contact_id', 'suppressions.contact_id', 'merges.survivor_id', 'contacts.contact_id']
    .map((column) => column.split('.') as [string, string])
    .map(([table, column]) =>
      db
        .prepare(`delete from ${table} where ${column} in (select value from json_each(?))`)
        .bind(JSON.stringify(contact_ids)),
    );

/** Statements in order, for after the facts are taken out; reads first whom they leave. */
export async function leaveContacts(
  db: D1Database,
  { gone, stay, dropped }: Left,
  concerned: Concerned,
  secret: string,
): Promise<D1PreparedStatement[]> {
  const changed = [...new Set(dropped.map(({ contact_id }) => contact_id))];
  const lost = new Set(dropped.map(({ text }) => text));
  const { results } = await db
    .prepare(
      `select kind, value, contact_id from identities
       where contact_id in (select value from json_each(?))`,
    )
    .bind(JSON.stringify(changed))
    .all<Owned>();
  const kept = Map.groupBy(
    results.filter((address) => !lost.has(addressText(address))).toSorted(compareAddresses),
    ({ contact_id }) => contact_id,
  );
  const rekeyed = [...kept].map(([contact_id, [first]]) => [
    contact_id,
    contactKey(secret, addressText(first!)),
  ]);
  return [
    ...(dropped.length > 0
      ? [db.prepare(dropIdentities).bind(JSON.stringify(dropped.map(({ text }) => text)))]
      : []),
    ...(rekeyed.length > 0 ? [db.prepare(rekey).bind(JSON.stringify(rekeyed))] : []),
    ...(gone.length > 0 ? deleteContacts(db, gone) : []),
    foldContacts(db, stay, thingsOf(concerned)),
    outdateMarts(db),
  ];
}

const dropIdentities = `
  delete from identities where (kind, value) in (
    select substr(value, 1, instr(value, ':') - 1), substr(value, instr(value, ':') + 1)
    from json_each(?))`;

const rekey = `
  update contacts set contact_key = j.value ->> 1 from json_each(?) j
  where contact_id = j.value ->> 0 and contact_key <> j.value ->> 1`;
