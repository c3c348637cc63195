/** What attribution is told and learns beside the facts. */
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const modelResults = sqliteTable(
  'model_results',
  {
    as_of: integer().notNull(),
    model: text().notNull(),
    conversion_type: text().notNull(),
    lookback: text().notNull(),
    channel: text().notNull(),
    effect_ppb: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.as_of, table.model, table.conversion_type, table.lookback, table.channel] }),
  ],
);

export const adSpend = sqliteTable('ad_spend', {
  spend_key: text().primaryKey(),
  source: text().notNull(),
  channel: text().notNull(),
  campaign_id: text(),
  spent_at: integer().notNull(),
  spent_day: text().notNull(),
  amount_minor: integer().notNull(),
  currency: text().notNull(),
});
