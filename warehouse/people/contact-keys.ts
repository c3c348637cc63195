import { drizzle } from 'drizzle-orm/d1';
import { contacts } from '../schema/index.ts';
import { isAmong } from '../statement.ts';

/** The published keys of these contacts, by id. */
export async function contactKeys(db: D1Database, contact_ids: number[]): Promise<string[]> {
  const found = await drizzle(db)
    .select({ contact_key: contacts.contact_key })
    .from(contacts)
    .where(isAmong(contacts.contact_id, contact_ids))
    .orderBy(contacts.contact_id);
  return found.map(({ contact_key }) => contact_key);
}
