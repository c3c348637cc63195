/** A house in memory: the migrated tables on node:sqlite, rows put straight into them, and the views rendered over them. */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type Binding, render } from '../../sql/render.ts';

type Row = Record<string, SQLInputValue>;
export type ViewRow = Record<string, string | number | null>;

const folder = new URL('../../migrations/', import.meta.url);
const DAY = 86_400_000;
const dayText = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** Milliseconds of a UTC instant written as ISO text without its zone. */
export const at = (text: string): number => Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`);

/** The calendar row of a UTC day, Monday to Friday open from 09 to 18 (G9). */
function calendarRow(starts_at: number, business_ms_before: number): Row {
  const weekday = (new Date(starts_at).getUTCDay() + 6) % 7;
  const thursday = new Date(starts_at + (3 - weekday) * DAY);
  const week = Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY)) + 1;
  const day = dayText(starts_at);
  return {
    day,
    starts_at,
    ends_at: starts_at + DAY,
    week_start: dayText(starts_at - weekday * DAY),
    iso_week: `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`,
    month_start: `${day.slice(0, 7)}-01`,
    month: day.slice(0, 7),
    is_business_day: weekday < 5 ? 1 : 0,
    opens_at: starts_at + 9 * 3_600_000,
    closes_at: starts_at + 18 * 3_600_000,
    business_ms_before,
  };
}

export class SqliteHouse {
  readonly db = new DatabaseSync(':memory:');

  /** Migrated, with the one house row (UTC) and a calendar from `from` to `to`, both days included. */
  constructor({ currency = 'USD' as string | null, from = '2025-12-01', to = '2027-01-31' } = {}) {
    for (const name of readdirSync(folder).sort()) this.db.exec(readFileSync(new URL(name, folder), 'utf8'));
    this.insert('house', [
      { house_id: 'test', opened_at: 0, is_sample: 0, time_zone: 'UTC', currency, rules_version: 'test' },
    ]);
    const days: Row[] = [];
    let business = 0;
    for (let instant = at(from); instant <= at(to); instant += DAY) {
      const row = calendarRow(instant, business);
      days.push(row);
      if (row.is_business_day) business += 9 * 3_600_000;
    }
    this.insert('calendar', days);
  }

  /** Puts rows into a table; `<x>_at` columns whose table has a day column beside them stamp it (UTC). */
  insert(table: string, rows: Row[]): void {
    const columns = this.db.prepare('select name from pragma_table_info(?)').all(table) as { name: string }[];
    const names = new Set(columns.map((column) => column.name));
    for (const row of rows) {
      const stamped: Row = { ...row };
      for (const [name, value] of Object.entries(row)) {
        const day = name.replace(/_at$/, '_day');
        if (name.endsWith('_at') && names.has(day) && typeof value === 'number') stamped[day] ??= dayText(value);
      }
      const keys = Object.keys(stamped);
      this.db
        .prepare(`insert into ${table} (${keys.join(', ')}) values (${keys.map(() => '?').join(', ')})`)
        .run(...keys.map((key) => stamped[key]!));
    }
  }

  /** Rows of a select over the views, true for the binding. */
  query(select: string, binding: Binding): ViewRow[] {
    return this.db
      .prepare(render(select, binding))
      .all()
      .map((row) => ({ ...row })) as ViewRow[];
  }
}
