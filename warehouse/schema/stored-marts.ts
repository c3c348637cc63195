/** The stored marts and their refreshes, as `migrations/` makes them; a test compares the two. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const martRefreshes = sqliteTable('mart_refreshes', {
  refresh_id: integer().primaryKey({ autoIncrement: true }),
  as_of: integer().notNull(),
  version: text().notNull(),
  night: text(),
  lease_until: integer(),
  finished_at: integer(),
  cost_ms: integer().notNull().default(0),
  newer_facts: integer().notNull().default(0),
  is_outdated: integer().notNull().default(0),
});

export const storedMarts = sqliteTable(
  'stored_marts',
  {
    refresh_id: integer().notNull(),
    mart: text().notNull(),
    part: integer().notNull(),
    rows: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.refresh_id, table.mart, table.part] })],
);
