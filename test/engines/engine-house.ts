/**
 * One house as an engine other than SQLite holds it: its stored tables go in, the rows of views
 * come out.
 */
import type { SqliteHouse } from '../views/sqlite-house.ts';

export type ColumnType = 'INTEGER' | 'REAL' | 'TEXT';
export type Value = string | number | null;
export type StoredTable = {
  name: string;
  columns: { name: string; type: ColumnType }[];
  rows: Value[][];
};
export type Row = Record<string, unknown>;

export type EngineHouse = {
  /** Rows of a view as one query over the stored tables, all that it reads within it. */
  whole(name: string): Promise<Row[]>;
  /**
   * Rows of a view over those that this engine gave before for the views that it reads: quick, for
   * views in their order.
   */
  next(name: string): Promise<Row[]>;
  close(): Promise<void>;
};

/** Every stored table of a house with its rows. */
export function storedTables({ db }: SqliteHouse): StoredTable[] {
  const names = db
    .prepare(
      `select name from sqlite_master
       where type = 'table' and name not like 'sqlite_%' order by name`,
    )
    .all();
  return names.map(({ name }) => {
    const columns = db
      .prepare('select name, upper(type) as type from pragma_table_info(?)')
      .all(name!);
    const rows = db.prepare(`select * from ${name}`).all();
    return {
      name: String(name),
      columns: columns as StoredTable['columns'],
      rows: rows.map((row) => Object.values(row) as Value[]),
    };
  });
}
