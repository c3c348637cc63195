/** The house and its people, as `migrations/` makes them; a test holds the two together. */
import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const house = sqliteTable('house', {
  house_id: text().primaryKey(),
  opened_at: integer().notNull(),
  is_sample: integer().notNull().default(0),
  time_zone: text().notNull(),
  currency: text(),
  rules_version: text().notNull(),
  /** By which definitions, in which zone and currency, stored views' rows were made. */
  stored_for: text(),
});

export const contacts = sqliteTable('contacts', {
  contact_id: integer().primaryKey(),
  contact_key: text().notNull(),
  full_name: text(),
  company: text(),
  role: text(),
  industry: text(),
  country: text(),
  timezone: text(),
  channel_origin: text(),
  lead_type: text(),
  offer: text(),
  term: text(),
  year_level: text(),
  tier: integer(),
  lead_added_at: integer(),
  lead_added_day: text(),
  assigned_to: text(),
  tags: text(),
  notes: text(),
  next_action: text(),
  next_action_at: integer(),
  deal_value_minor: integer(),
  vip_by_hand: integer(),
  stated_lead_score: real(),
  last_contact_at: integer(),
  trial_followup_status: text(),
  utm_source: text(),
  utm_medium: text(),
  utm_campaign: text(),
  attributes: text(),
});

export const identities = sqliteTable(
  'identities',
  {
    kind: text().notNull(),
    value: text().notNull(),
    contact_id: integer().notNull(),
    merged_from: integer(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.value] })],
);

export const merges = sqliteTable('merges', {
  loser_id: integer().primaryKey(),
  survivor_id: integer().notNull(),
  loser_key: text().notNull(),
  kind: text().notNull(),
  value: text().notNull(),
  merged_at: integer().notNull(),
  from_id: integer(),
  into_id: integer(),
});

export const refusedMerges = sqliteTable(
  'refused_merges',
  {
    contact_id: integer().notNull(),
    other_id: integer().notNull(),
    undone_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.other_id] })],
);

export const observations = sqliteTable(
  'observations',
  {
    kind: text().notNull(),
    thing_key: text().notNull(),
    observation_key: text().notNull(),
    contact_id: integer(),
    provider: text().notNull(),
    observed_at: integer().notNull(),
    landed_at: integer().notNull(),
    stated: text().notNull(),
    account: text(),
    medium: text(),
    /** The ids of the imports that state it, as JSON; null where a door does. */
    imports: text(),
    /** Every address that it names, as JSON; null in rows from before migration 0025. */
    addresses: text(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.thing_key, table.observation_key] })],
);

export const suppressions = sqliteTable(
  'suppressions',
  {
    contact_id: integer().notNull(),
    address: text().notNull(),
    reason: text().notNull(),
    suppressed_at: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.contact_id, table.address, table.reason] })],
);

export const agents = sqliteTable('agents', {
  agent_id: text().primaryKey(),
  name: text().notNull(),
});
