/** An empty house on node:sqlite for tests that tell it a few facts. */
import { factsConfig } from '../../core/config.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { type MigratedSqlite, openMigrated } from '../migrated-sqlite.ts';
import { sqliteD1 } from './sqlite-d1.ts';

/** The present of the house. */
export const now = Date.UTC(2026, 5, 1);

/** Settings of a house whose present is `now`. */
export const configOf = (now: number) =>
  factsConfig({
    CONTACT_KEY_SECRET: 'k',
    HOUSE_ID: 'test',
    HOUSE_CURRENCY: 'USD',
    NOW: String(now),
  });

export const config = configOf(now);

/** What every house in one time zone has alike; filling it takes longer than most tests. */
const SEEDED = ['calendar', 'poisson_bounds'];
const spare: MigratedSqlite[] = [];

export async function openSmallHouse(settings = config) {
  const tables = spare.pop() ?? openMigrated();
  const { db } = sqliteD1(tables);
  const { time_zone } = await ensureHouse(db, settings);
  const close = (): void => {
    const row = tables.db.prepare('select time_zone from house').get();
    if (row?.time_zone === time_zone && tables.isReusable) {
      tables.empty(SEEDED);
      spare.push(tables);
    } else tables.close();
  };
  return { db, close };
}
