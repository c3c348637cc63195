/** The scheduled jobs, as `migrations/` makes the table; a test holds the two together. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
