/**
 * The one row that says which house this is, and the reference tables that every house has (G9).
 */
import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { calendarDays, calendarSpan } from '../core/calendar.ts';
import { now } from '../core/clock.ts';
import type { HouseConfig } from '../core/config.ts';
import { rulesVersion } from '../core/rules/config.ts';
import { poissonBounds } from '../core/statistics/poisson.ts';
import { insertRows } from './insert-rows.ts';
import { calendar, contacts, house, poissonBounds as poissonTable } from './schema/index.ts';
import { statement } from './statement.ts';
import { adoptDefinitions } from './stored/views.ts';

export type House = typeof house.$inferSelect;

const MAX_EVENTS = 1000;

/** The house, or null before it is opened. */
export const readHouse = async (db: D1Database): Promise<House | null> =>
  (await drizzle(db).select().from(house).get()) ?? null;

/**
 * Opens the house if it is not open: its row, the calendar of its time zone, the Poisson table.
 * Takes over the rules, and the currency where one is configured (G1), since the doors do so at
 * once and nothing is stored in it; the time zone waits for `rebuild`. Safe to repeat.
 */
export async function ensureHouse(db: D1Database, config: HouseConfig): Promise<House> {
  const time_zone = (await readHouse(db))?.time_zone ?? config.BUSINESS_TIME_ZONE;
  const currency = sql`coalesce(excluded.currency, ${house.currency})`;
  const opened = drizzle(db)
    .insert(house)
    .values({
      house_id: config.HOUSE_ID,
      opened_at: now(config),
      time_zone,
      currency: config.HOUSE_CURRENCY ?? null,
      rules_version: rulesVersion,
    })
    .onConflictDoUpdate({
      target: house.house_id,
      set: { rules_version: rulesVersion, currency },
      setWhere: sql`${house.rules_version} <> ${rulesVersion}
        or ${house.currency} is not ${currency}`,
    });
  const isSeeded = await drizzle(db)
    .select({ day: calendar.day })
    .from(calendar)
    .where(eq(calendar.day, calendarSpan.first))
    .get();
  const seeds = isSeeded
    ? []
    : [...seedCalendar(db, time_zone), ...seedPoisson(db), ...adoptDefinitions(db, now(config))];
  await db.batch([statement(db, opened), ...seeds]);
  return (await readHouse(db))!;
}

/** Whether the house knows anybody yet. */
export const holdsPeople = async (db: D1Database): Promise<boolean> =>
  (await drizzle(db).select({ id: contacts.contact_id }).from(contacts).limit(1).get()) !==
  undefined;

/** Marks the house as one that holds the sample season, which takes no facts of its owner's. */
export async function markSample(db: D1Database): Promise<void> {
  await drizzle(db).update(house).set({ is_sample: 1 }).run();
}

/**
 * Takes on the time zone of the configuration where the house was stamped in another: its calendar
 * is made anew. The days of facts are stamped again by `rebuild` (F9). Answers whether it was
 * another.
 */
export async function moveHouse(
  db: D1Database,
  { BUSINESS_TIME_ZONE: time_zone }: HouseConfig,
): Promise<boolean> {
  if ((await readHouse(db))?.time_zone === time_zone) return false;
  const moved = drizzle(db).update(house).set({ time_zone });
  await db.batch([statement(db, moved), ...seedCalendar(db, time_zone)]);
  return true;
}

/**
 * Makes the calendar anew: that of a house opened earlier may begin on another day, and its
 * business time is counted from there.
 */
const seedCalendar = (db: D1Database, zone: string): D1PreparedStatement[] => [
  statement(db, drizzle(db).delete(calendar)),
  ...insertRows(db, calendar, calendarDays(calendarSpan.first, calendarSpan.last, zone)),
];

function seedPoisson(db: D1Database): D1PreparedStatement[] {
  const rows = Array.from({ length: MAX_EVENTS + 1 }, (_, events) => ({
    events,
    ...poissonBounds(events),
  }));
  return insertRows(db, poissonTable, rows, 'on conflict do nothing');
}
