/** Only the warehouse speaks SQL to the house’s database: no other room names a stored table. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import * as schema from '../../warehouse/schema/index.ts';
import { ROOT, room, sources } from './rooms.ts';

const tables = Object.values(schema).map((table) => getTableName(table as SQLiteTable));
const named = new RegExp(`\\b(from|join|into|update)\\s+(${tables.join('|')})\\b[^']`, 'g');

/**
 * `sql` names tables through `{{table(…)}}` in its views; tests and benches look behind the doors.
 */
const outside = sources.filter(
  (path) => !['warehouse', 'sql', 'test', 'bench'].includes(room(path)),
);

/**
 * The lock of a local house, what an import keeps until it is over, and DuckDB over the files that
 * a night has published.
 */
const otherDatabases = ['cli/house/lock.ts', 'cli/import/scratch.ts', 'cli/tables-database.ts'];

const code = (path: string): string =>
  readFileSync(join(ROOT, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

describe('outside the warehouse', () => {
  it('no SQL names a stored table', () => {
    const found = outside.flatMap((path) =>
      [...code(path).matchAll(named)].map(([hit]) => `${path}: ${hit}`),
    );
    expect(found).toEqual([]);
  });

  it('nothing prepares a statement', () => {
    const found = outside.filter((path) => /\.prepare\(/.test(code(path)));
    expect(found.sort()).toEqual(otherDatabases);
  });
});
