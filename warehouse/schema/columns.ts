/** Lists of columns as the model has them, for statements that are written as SQL (P3). */
import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';

export type ColumnName<Table extends SQLiteTable> = keyof Table['_']['columns'] & string;

/** The names of a table's columns in their stored order, without those of `except`. */
export const columnsOf = <Table extends SQLiteTable>(
  table: Table,
  except: readonly ColumnName<Table>[] = [],
): ColumnName<Table>[] =>
  (Object.keys(getTableColumns(table)) as ColumnName<Table>[]).filter(
    (name) => !except.includes(name),
  );

/** The names of its primary key, in order. */
export function keyOf<Table extends SQLiteTable>(table: Table): ColumnName<Table>[] {
  const { primaryKeys, columns } = getTableConfig(table);
  const key = primaryKeys[0]?.columns ?? columns.filter((column) => column.primary);
  return key.map(({ name }) => name as ColumnName<Table>);
}
