/**
 * A write reads the observations of its own things only, however many the house holds: SQLite would
 * else read a whole kind.
 */
import { expect, it } from 'vitest';
import { foldContacts } from '../../warehouse/people/fold.ts';
import { foldStatements } from '../../warehouse/write/fold.ts';
import { thingTables } from '../../warehouse/write/things.ts';
import { sqliteD1 } from './sqlite-d1.ts';

/** The texts of the statements that `make` prepares. */
function textsOf(make: (db: D1Database) => void): string[] {
  const texts: string[] = [];
  const db = { prepare: (sql: string) => ({ bind: () => texts.push(sql) }) };
  make(db as unknown as D1Database);
  return texts;
}

const written: [table: string, texts: string[]][] = [
  ['contacts', textsOf((db) => foldContacts(db, [1], [['call', 'a']]))],
  ...thingTables.map((thing): [string, string[]] => [
    thing.table,
    textsOf((db) => foldStatements(db, thing, ['a'])),
  ]),
];

it.each(written)('%s: finds observations by kind and thing', async (_, texts) => {
  const { db, close } = sqliteD1();
  for (const sql of texts) {
    const bound = sql.includes('?2') ? ['[1]', '[["call","a"]]'] : ['["a"]'];
    const { results } = await db
      .prepare(`explain query plan ${sql}`)
      .bind(...bound)
      .all<{ detail: string }>();
    const reads = results.map(({ detail }) => detail).filter((detail) => / o( |$)/.test(detail));
    expect(reads.length).toBeGreaterThan(0);
    for (const read of reads) expect(read).toMatch(/\(kind=\? AND thing_key=\?/);
  }
  close();
});
