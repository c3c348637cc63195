/** The files that were imported, as `migrations/` makes it; a test holds the two together. */
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { RowKind } from '../../core/facts/fields.ts';

export const imports = sqliteTable('imports', {
  import_id: integer().primaryKey(),
  kind: text().$type<RowKind>().notNull(),
  file_name: text().notNull(),
  file_hash: text().notNull(),
  imported_at: integer().notNull(),
  /** The name of the user on whose machine the command ran, or of the program. */
  imported_by: text().notNull(),
  /** Null while it is under way, and after it was stopped. */
  finished_at: integer(),
  undone_at: integer(),
  row_count: integer(),
  new_count: integer(),
  updated_count: integer(),
  skipped_count: integer(),
  waiting_count: integer(),
  rejected_count: integer(),
  /** Of the header row, and how the columns were read: the next such file is read alike. */
  columns_hash: text().notNull(),
  mapping: text().notNull(),
});

export const plannedSteps = sqliteTable('planned_steps', {
  step_key: text().primaryKey(),
  sequence: text().notNull(),
  version: integer().notNull(),
  step_number: integer().notNull(),
  started_by: text(),
  delay_days: integer(),
  channel: text(),
  email_type: text(),
  subject: text(),
  body: text(),
  from_name: text(),
  from_address: text(),
});
