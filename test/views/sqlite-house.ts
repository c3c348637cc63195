/**
 * A house in memory: the migrated tables on node:sqlite, rows put straight into them, and the views
 * rendered over them.
 */
import type { SQLInputValue } from 'node:sqlite';
import { businessDay, calendarDays } from '../../core/calendar.ts';
import { type Binding, render } from '../../sql/render.ts';
import { openMigrated } from '../migrated-sqlite.ts';

type Row = Record<string, SQLInputValue>;
export type ViewRow = Record<string, string | number | null>;

/** Milliseconds of a UTC instant written as ISO text without its zone. */
export const at = (text: string): number =>
  Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`);

export class SqliteHouse {
  readonly tables = openMigrated();
  readonly db = this.tables.db;

  private readonly zone: string;

  /**
   * Migrated, with the one house row and the calendar of its time zone from `from` to `to`, both
   * days included.
   */
  constructor({
    currency = 'USD' as string | null,
    zone = 'UTC',
    from = '2025-12-01',
    to = '2027-01-31',
  } = {}) {
    this.zone = zone;
    this.insert('house', [
      {
        house_id: 'test',
        opened_at: 0,
        is_sample: 0,
        time_zone: zone,
        currency,
        rules_version: 'test',
      },
    ]);
    this.insert('calendar', calendarDays(from, to, zone));
  }

  /** Puts rows into a table; `<x>_at` columns whose table has a day column beside them stamp it. */
  insert(table: string, rows: Row[]): void {
    const columns = this.tables.prepare('select name from pragma_table_info(?)').all(table) as {
      name: string;
    }[];
    const names = new Set(columns.map((column) => column.name));
    for (const row of rows) {
      const stamped: Row = { ...row };
      for (const [name, value] of Object.entries(row)) {
        const day = name.replace(/_at$/, '_day');
        if (name.endsWith('_at') && names.has(day) && typeof value === 'number')
          stamped[day] ??= businessDay(value, this.zone);
      }
      const keys = Object.keys(stamped);
      this.tables
        .prepare(
          `insert into ${table} (${keys.join(', ')}) values (${keys.map(() => '?').join(', ')})`,
        )
        .run(...keys.map((key) => stamped[key]!));
    }
  }

  /** Rows of a select over the views, true for the binding. */
  query(select: string, binding: Binding): ViewRow[] {
    return this.tables
      .prepare(render(select, binding))
      .all()
      .map((row) => ({ ...row })) as ViewRow[];
  }

  /** Ends the use of it: its tables may be another house's next. */
  close(): void {
    this.tables.close();
  }
}
