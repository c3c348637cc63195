/** Every stored field has a reader (G4): a view, a query, a page or an action that uses it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (folder: string, pattern: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));

/** The columns of every table as migrated. */
function columns(): { table: string; column: string }[] {
  const db = new DatabaseSync(':memory:');
  for (const sql of read('migrations', /\.sql$/)) db.exec(sql);
  return db
    .prepare(
      "select m.name as 'table', c.name as 'column' from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table'",
    )
    .all() as { table: string; column: string }[];
}

it('every column is read beyond the staging view that passes it on', () => {
  const readers = [
    ...read('sql/views/intermediate', /\.sql$/),
    ...read('sql/views/marts', /\.sql$/),
    ...read('sql/views/checks', /\.sql$/),
    ...read('workers', /\.ts$|\.tsx$/),
    ...read('platform', /\.ts$/),
    ...read('cli', /\.ts$/),
    ...read('web', /\.ts$|\.tsx$/),
    ...read('sql/views/staging', /\.sql$/).map((sql) => sql.replace(/^[\s\S]*?\bfrom\b/i, '')),
  ].join('\n');
  const unread = columns().filter(({ column }) => !new RegExp(`\\b${column}\\b`).test(readers));
  expect(unread).toEqual([]);
});
