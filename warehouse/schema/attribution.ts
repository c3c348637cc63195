/** What attribution is told and learns beside the facts. */
import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

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
    primaryKey({
      columns: [table.as_of, table.model, table.conversion_type, table.lookback, table.channel],
    }),
  ],
);

export const shareIntervals = sqliteTable(
  'share_intervals',
  {
    as_of: integer().notNull(),
    model: text().notNull(),
    conversion_type: text().notNull(),
    lookback: text().notNull(),
    month_start: text().notNull(),
    currency: text().notNull(),
    channel: text().notNull(),
    share_lo: real().notNull(),
    share_hi: real().notNull(),
  },
  (t) => [
    primaryKey({
      columns: [
        t.as_of,
        t.model,
        t.conversion_type,
        t.lookback,
        t.month_start,
        t.currency,
        t.channel,
      ],
    }),
  ],
);

export const adSpend = sqliteTable('ad_spend', {
  spend_key: text().primaryKey(),
  provider: text().notNull(),
  channel: text().notNull(),
  campaign_id: text(),
  spent_at: integer().notNull(),
  spent_day: text().notNull(),
  amount_minor: integer().notNull(),
  currency: text().notNull(),
});
