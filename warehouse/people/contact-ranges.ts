/** Ranges of contact ids, for work that is done some thousand people at a time. */

/**
 * The last id of the next `size` contacts from id `lo` on; null where there are none. D1 binds
 * numbers as fractions, so they stand in the text.
 */
export async function endOfRange(db: D1Database, lo: number, size: number): Promise<number | null> {
  const range = `select contact_id from contacts where contact_id >= ${lo}
    order by contact_id limit ${size}`;
  const row = await db
    .prepare(`select max(contact_id) as hi from (${range})`)
    .first<{ hi: number | null }>();
  return row!.hi;
}
