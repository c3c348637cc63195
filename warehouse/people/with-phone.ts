/** Contacts that have a phone, in the order in which the house came to know them. */

/** At most `most` contacts with an id above `after`, up to `to`. */
export async function contactsWithPhone(
  db: D1Database,
  { after, to = Number.MAX_SAFE_INTEGER, most }: { after: number; to?: number; most: number },
): Promise<{ contact_id: number; phones: string[] }[]> {
  const { results } = await db
    .prepare(
      `select contact_id, json_group_array(value) as phones
       from identities indexed by identities_by_contact
       where contact_id > ? and contact_id <= ? and kind = 'phone'
       group by contact_id order by contact_id limit ?`,
    )
    .bind(after, to, most)
    .all<{ contact_id: number; phones: string }>();
  return results.map(({ contact_id, phones }) => ({ contact_id, phones: JSON.parse(phones) }));
}
