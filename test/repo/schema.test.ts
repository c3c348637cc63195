/** Drizzle's model and the migrated tables are one schema: names, types, not null, key order. */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import * as schema from '../../warehouse/schema/index.ts';

const folder = new URL('../../migrations/', import.meta.url);
const db = new DatabaseSync(':memory:');
for (const name of readdirSync(folder).sort()) db.exec(readFileSync(new URL(name, folder), 'utf8'));

const migrated = db
  .prepare(
    `select name, wr from pragma_table_list
     where schema = 'main' and type = 'table' and name not like 'sqlite_%'`,
  )
  .all() as { name: string; wr: number }[];
const models = new Map(
  Object.values(schema).map((table) => [
    getTableConfig(table as SQLiteTable).name,
    table as SQLiteTable,
  ]),
);

describe('the schema', () => {
  it('has a model for every table', () => {
    expect([...models.keys()].sort()).toEqual(migrated.map((table) => table.name).sort());
  });

  it.each(migrated.map((table) => table.name))('%s is modelled as it was migrated', (name) => {
    const info = db
      .prepare('select name, type, "notnull", pk from pragma_table_info(?)')
      .all(name) as {
      name: string;
      type: string;
      notnull: number;
      pk: number;
    }[];
    const config = getTableConfig(models.get(name)!);
    const key =
      config.primaryKeys[0]?.columns.map((c) => c.name) ??
      config.columns.filter((c) => c.primary).map((c) => c.name);
    expect(
      config.columns.map((c) => ({ name: c.name, type: c.getSQLType(), required: c.notNull })),
    ).toEqual(
      info.map((c) => ({
        name: c.name,
        type: c.type.toLowerCase(),
        required: c.notnull === 1 || c.pk > 0,
      })),
    );
    expect(key).toEqual(
      info
        .filter((c) => c.pk > 0)
        .sort((a, b) => a.pk - b.pk)
        .map((c) => c.name),
    );
  });

  it('clusters every keyed table by its key', () => {
    const rowid = migrated.filter((table) => table.wr === 0).map((table) => table.name);
    expect(rowid.sort()).toEqual([
      'contact_summary',
      'contacts',
      'imports',
      'inbox',
      'mart_refreshes',
      'merges',
      'poisson_bounds',
    ]);
  });
});
