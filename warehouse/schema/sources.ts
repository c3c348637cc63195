/** What came in from where, as `migrations/` makes it; a test holds the two together. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const arrivals = sqliteTable(
  'arrivals',
  {
    door: text().notNull(),
    account: text().notNull(),
    hour_at: integer().notNull(),
    facts: integer().notNull(),
    last_seen_at: integer().notNull(),
    last_landed_at: integer(),
    lag_ms: integer(),
  },
  (table) => [primaryKey({ columns: [table.door, table.account, table.hour_at] })],
);

export const ignoredEvents = sqliteTable(
  'ignored_events',
  {
    door: text().notNull(),
    event_type: text().notNull(),
    events: integer().notNull(),
    last_seen_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.door, table.event_type] })],
);

export const pulseChecks = sqliteTable('pulse_checks', {
  checked_at: integer().primaryKey(),
  facts: integer().notNull(),
  points: integer().notNull(),
  hours_differing: integer().notNull(),
});

export const notices = sqliteTable('notices', {
  topic: text().primaryKey(),
  about: text().notNull(),
});
