/**
 * The scheduled jobs and the polls, as `migrations/` makes the tables; a test holds both together.
 */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const jobs = sqliteTable('jobs', {
  job: text().primaryKey(),
  next_at: integer(),
  due_at: integer(),
  started_at: integer(),
  lease_until: integer(),
  finished_at: integer(),
  failures: integer().notNull().default(0),
  failure: text(),
});

export const polls = sqliteTable(
  'polls',
  {
    door: text().notNull(),
    account: text().notNull(),
    cursor: text(),
    polled_at: integer(),
    idle_at: integer(),
    wait_until: integer(),
    failure: text(),
    failed_since: integer(),
  },
  (table) => [primaryKey({ columns: [table.door, table.account] })],
);
