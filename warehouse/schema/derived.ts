/**
 * What is derived or seeded, and the ledger of the nights, as `migrations/` makes them; a test
 * compares the two.
 */
import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { DestinationName } from '../../core/destinations.ts';

export const statusChanges = sqliteTable(
  'status_changes',
  {
    contact_id: integer().notNull(),
    field: text().notNull(),
    occurred_at: integer().notNull(),
    from_value: text(),
    to_value: text().notNull(),
    cause: text().notNull(),
    rule_id: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.field, table.occurred_at] })],
);

export const contactSummary = sqliteTable('contact_summary', {
  contact_id: integer().primaryKey(),
  lead_status: text().notNull(),
  sales_stage: text().notNull(),
  unsubscribed: integer().notNull(),
  vip: integer().notNull(),
  score_milli: integer().notNull(),
  last_touch_at: integer(),
  last_activity_at: integer(),
  emails_sent: integer().notNull(),
  emails_opened: integer().notNull(),
  emails_clicked: integer().notNull(),
  emails_replied: integer().notNull(),
  attempts: integer().notNull(),
  next_follow_up_at: integer(),
  /** What is kept of the contact is true from this instant until before the next. */
  valid_from: integer().notNull().default(0),
  valid_until: integer().notNull().default(0),
});

export const calendar = sqliteTable('calendar', {
  day: text().primaryKey(),
  starts_at: integer().notNull(),
  ends_at: integer().notNull(),
  week_start: text().notNull(),
  iso_week: text().notNull(),
  month_start: text().notNull(),
  month: text().notNull(),
  is_business_day: integer().notNull(),
  opens_at: integer().notNull(),
  closes_at: integer().notNull(),
  business_ms_before: integer().notNull(),
});

export const poissonBounds = sqliteTable('poisson_bounds', {
  events: integer().primaryKey(),
  lower_bound: real().notNull(),
  upper_bound: real().notNull(),
});

export const exportRuns = sqliteTable(
  'export_runs',
  {
    run_id: text().notNull(),
    attempt: integer().notNull(),
    as_of: integer().notNull(),
    rules_version: text().notNull(),
    /** Names of destinations with commas between them. */
    destinations: text().notNull(),
    status: text({ enum: ['open', 'closed', 'failed'] }).notNull(),
    reason: text(),
    started_at: integer().notNull(),
    finished_at: integer(),
    alive_at: integer(),
  },
  (table) => [primaryKey({ columns: [table.run_id, table.attempt] })],
);

export const exportLoads = sqliteTable('export_loads', {
  load_id: text().primaryKey(),
  run_id: text().notNull(),
  attempt: integer().notNull(),
  mart: text().notNull(),
  destination: text().$type<DestinationName>().notNull(),
  status: text({ enum: ['open', 'written', 'verified', 'closed', 'failed'] }).notNull(),
  started_at: integer().notNull(),
  finished_at: integer(),
  rows_source: integer().notNull(),
  rows_destination: integer(),
  checksum_source: text().notNull(),
  checksum_destination: text(),
  data_through: integer(),
  note: text(),
});

export const checkResults = sqliteTable(
  'check_results',
  {
    run_id: text().notNull(),
    attempt: integer().notNull(),
    check_id: text().notNull(),
    severity: text().notNull(),
    failing: integer().notNull(),
    sample_keys: text(),
  },
  (table) => [primaryKey({ columns: [table.run_id, table.attempt, table.check_id] })],
);

export const restatements = sqliteTable(
  'restatements',
  {
    run_id: text().notNull(),
    attempt: integer().notNull(),
    mart: text().notNull(),
    key: text().notNull(),
    column_name: text().notNull(),
    old_value: text(),
    new_value: text(),
    published_as_of: integer().notNull(),
    load_before: text().notNull(),
    load_after: text().notNull(),
    cause: text().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.run_id, table.attempt, table.mart, table.key, table.column_name],
    }),
  ],
);
