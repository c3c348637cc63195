/** An empty house on node:sqlite for tests that tell it a few facts. */
import { factsConfig } from '../../core/config.ts';
import { ensureHouse } from '../../warehouse/house.ts';
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

export async function openSmallHouse(settings = config) {
  const house = sqliteD1();
  await ensureHouse(house.db, settings);
  return house;
}
