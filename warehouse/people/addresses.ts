/** How a contact is addressed, and whether somebody is known by an address. */
import type { Address } from '../../core/facts/address.ts';
import { firstAddress } from './first-address.ts';

/** Of who is now known by this id, whoever they were merged into (P2); undefined for nobody. */
export async function addressOf(db: D1Database, contact_id: number): Promise<Address | undefined> {
  const row = await db.prepare(ADDRESS).bind(contact_id).first<Partial<Address>>();
  return row?.kind && row.value ? { kind: row.kind, value: row.value } : undefined;
}

const ADDRESS = `
  with person as (
    select coalesce((select survivor_id from merges where loser_id = ?1), ?1) as contact_id
  )
  select ${firstAddress('person.contact_id', 'kind')} as kind,
    ${firstAddress('person.contact_id', 'value')} as value
  from person`;

/** Whether one of the addresses is a contact's already. */
export async function isKnown(db: D1Database, addresses: Address[]): Promise<boolean> {
  const pairs = addresses.map(({ kind, value }) => [kind, value]);
  return (await db.prepare(KNOWN).bind(JSON.stringify(pairs)).first()) !== null;
}

const KNOWN = `
  select 1 from json_each(?1) a
  join identities i on i.kind = a.value ->> 0 and i.value = a.value ->> 1 limit 1`;
