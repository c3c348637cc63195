/** Every stored field has a reader (G4): a view, a query, a page or an action that uses it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { partsOf } from '../../sql/ctes.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (folder: string, pattern: RegExp, except?: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name) && !except?.test(name))
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

/** What a staging view does with columns beyond passing them on: each of its selects from `from` on. */
const beyondSelectLists = (sql: string): string[] => {
  const { ctes, select } = partsOf(sql);
  return [...ctes.map(({ body }) => body), select].map((text) => {
    let depth = 0;
    for (const { 0: token, index } of text.matchAll(/[()]|\bfrom\b/g)) {
      if (token === 'from' && depth === 0) return text.slice(index);
      if (token !== 'from') depth += token === '(' ? 1 : -1;
    }
    return '';
  });
};

const withoutComments = (text: string): string =>
  text.replace(/--.*$|\/\/.*$|\/\*[\s\S]*?\*\//gm, '');

/** Whoever names a column because it is written, folded or moved does not read it; pages and commands read through `workers/api`. */
const writers = /schema\/|things\.ts|fold\.ts|write\/(facts|mail)\.ts|merge\.ts/;

it('every column is read beyond the staging view that passes it on', () => {
  const code = ['workers', 'warehouse', 'platform'].flatMap((folder) =>
    read(folder, /\.ts$/, writers),
  );
  const views = ['intermediate', 'marts', 'checks'].flatMap((layer) =>
    read(`sql/views/${layer}`, /\.sql$/),
  );
  const staging = read('sql/views/staging', /\.sql$/).flatMap((sql) =>
    beyondSelectLists(withoutComments(sql)),
  );
  const readers = [...code, ...views, ...staging].map(withoutComments).join('\n');
  const unread = columns().filter(({ column }) => !new RegExp(`\\b${column}\\b`).test(readers));
  expect(unread).toEqual([]);
});
