/**
 * The one row that says which house this is, and the reference tables that every house has (G9).
 */
import { calendarDays, calendarSpan } from '../core/calendar.ts';
import { now } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import { rulesVersion } from '../core/rules/config.ts';
import { poissonBounds } from '../core/statistics/poisson.ts';

export type House = {
  house_id: string;
  opened_at: number;
  is_sample: number;
  time_zone: string;
  currency: string | null;
  rules_version: string;
};

const MAX_EVENTS = 1000;
/** Keeps each bound value well below D1's 2 MB. */
const CALENDAR_ROWS_PER_STATEMENT = 3000;

/** The house, or null before it is opened. */
export const readHouse = (db: D1Database): Promise<House | null> =>
  db.prepare('select * from house').first<House>();

/**
 * Opens the house if it is not open: its row, the calendar of its time zone, the Poisson table.
 * Takes over the rules, and the currency where one is configured (G1), since the doors do so at
 * once and nothing is stored in it; the time zone waits for `rebuild`. Safe to repeat.
 */
export async function ensureHouse(
  db: D1Database,
  config: Config,
  options: { sample?: boolean } = {},
): Promise<House> {
  const { HOUSE_CURRENCY: currency = null } = config;
  const zone = (await readHouse(db))?.time_zone ?? config.BUSINESS_TIME_ZONE;
  const house = db
    .prepare(
      `insert into house (house_id, opened_at, is_sample, time_zone, currency, rules_version) values (?, ?, ?, ?, ?, ?)
       on conflict (house_id) do update set
         rules_version = excluded.rules_version, currency = coalesce(excluded.currency, currency)
       where rules_version <> excluded.rules_version or currency is not coalesce(excluded.currency, currency)`,
    )
    .bind(config.HOUSE_ID, now(config), options.sample ? 1 : 0, zone, currency, rulesVersion);
  const seeded = await db
    .prepare('select 1 from calendar where day = ?')
    .bind(calendarSpan.first)
    .first();
  await db.batch([house, ...(seeded ? [] : [...seedCalendar(db, zone), seedPoisson(db)])]);
  return (await readHouse(db))!;
}

/**
 * Takes on the time zone of the configuration where the house was stamped in another: its calendar
 * is made anew. The days of facts are stamped again by `rebuild` (F9). Answers whether it was
 * another.
 */
export async function moveHouse(
  db: D1Database,
  { BUSINESS_TIME_ZONE: zone }: Config,
): Promise<boolean> {
  if ((await readHouse(db))?.time_zone === zone) return false;
  await db.batch([
    db.prepare('update house set time_zone = ?').bind(zone),
    ...seedCalendar(db, zone),
  ]);
  return true;
}

/**
 * Makes the calendar anew: that of a house opened earlier may begin on another day, and its
 * business time is counted from there.
 */
function seedCalendar(db: D1Database, zone: string): D1PreparedStatement[] {
  const days = calendarDays(calendarSpan.first, calendarSpan.last, zone);
  const columns = Object.keys(days[0]!);
  const sql = `insert into calendar (${columns.join(', ')})
    select ${columns.map((_, i) => `value ->> ${i}`).join(', ')} from json_each(?)
    where true`;
  const statements = [db.prepare('delete from calendar')];
  for (let from = 0; from < days.length; from += CALENDAR_ROWS_PER_STATEMENT) {
    const rows = days
      .slice(from, from + CALENDAR_ROWS_PER_STATEMENT)
      .map((day) => Object.values(day));
    statements.push(db.prepare(sql).bind(JSON.stringify(rows)));
  }
  return statements;
}

function seedPoisson(db: D1Database): D1PreparedStatement {
  const rows = Array.from({ length: MAX_EVENTS + 1 }, (_, events) => ({
    events,
    ...poissonBounds(events),
  }));
  return db
    .prepare(
      `insert into poisson_bounds (events, lower_bound, upper_bound)
       select value ->> 'events', value ->> 'lower_bound', value ->> 'upper_bound' from json_each(?)
       where true on conflict do nothing`,
    )
    .bind(JSON.stringify(rows));
}
