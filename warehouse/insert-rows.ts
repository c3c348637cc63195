/** Rows of any number into a table, in statements that D1 takes. */
import { getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { columnsOf, keyOf } from './schema/columns.ts';

/** D1 binds at most 2 MB; half of it leaves room. */
const MOST_BYTES = 1_000_000;

/**
 * Statements that insert `rows`, none for no rows. A column that a row does not have is null.
 * `onConflict` is the clause for rows whose key is taken; without it such a row fails the batch.
 */
export function insertRows<Table extends SQLiteTable>(
  db: D1Database,
  table: Table,
  rows: Table['$inferInsert'][],
  onConflict = '',
): D1PreparedStatement[] {
  const columns = columnsOf(table);
  const sql = `insert into ${getTableName(table)} (${columns.join(', ')})
    select ${columns.map((_, i) => `value ->> ${i}`).join(', ')} from json_each(?)
    where true ${onConflict}`;
  const values = rows.map((row) => columns.map((name) => row[name] ?? null));
  return jsonArrays(values).map((json) => db.prepare(sql).bind(json));
}

const notOfKey = (table: SQLiteTable): string[] =>
  columnsOf(table).filter((name) => !keyOf(table).includes(name));

/** The clause that overwrites the row whose key is taken. */
export function overwrite(table: SQLiteTable): string {
  const values = notOfKey(table).map((name) => `${name} = excluded.${name}`);
  return `on conflict (${keyOf(table).join(', ')}) do update set ${values.join(', ')}`;
}

/** The condition that this would give any of these columns another value. */
export function differs(table: SQLiteTable, columns = notOfKey(table)): string {
  const row = (of: string): string => `(${columns.map((name) => `${of}.${name}`).join(', ')})`;
  return `${row('excluded')} is not ${row(getTableName(table))}`;
}

/** Values as JSON arrays that each may be bound. One value of more bytes than that stands alone. */
export function jsonArrays(values: unknown[], mostBytes = MOST_BYTES): string[] {
  const utf8 = new TextEncoder();
  const arrays: string[] = [];
  let texts: string[] = [];
  let bytes = 0;
  for (const text of values.map((value) => JSON.stringify(value))) {
    const size = utf8.encode(text).length + 1;
    if (texts.length > 0 && bytes + size > mostBytes) {
      arrays.push(`[${texts.join()}]`);
      texts = [];
      bytes = 0;
    }
    texts.push(text);
    bytes += size;
  }
  if (texts.length > 0) arrays.push(`[${texts.join()}]`);
  return arrays;
}
