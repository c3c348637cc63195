/** Turns DuckDB's error into a sentence with the table or column that was probably meant. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../core/relation.ts';
import { nearest, orNearest } from './nearest.ts';

const NO_TABLE = /Table with name "?(.+?)"? does not exist/;
const NO_COLUMN = /Referenced column "(.+?)" not found|does not have a column named "(.+?)"/;
/** DuckDB's whole message for a text without a statement, such as a comment. */
const NOTHING = 'Error in native callback';
/** DuckDB names the step that failed first. */
const STEP = /^(?:Failed to extract statements: )?(?:[A-Z][A-Za-z]* )+Error: /;

async function names(connection: DuckDBConnection, query: string): Promise<string[]> {
  const rows = (await connection.runAndReadAll(query)).getRowsJson();
  return rows.map(([name]) => String(name));
}

async function noTable(connection: DuckDBConnection, wanted: string): Promise<string> {
  const tables = await names(
    connection,
    'select table_name from information_schema.tables order by 1',
  );
  const near = orNearest(wanted, tables);
  return `there is no table ${wanted}${near || `; there are ${tables.join(', ')}`}`;
}

/** Looks among the columns of the tables that the query names. */
async function noColumn(
  connection: DuckDBConnection,
  wanted: string,
  query: string,
): Promise<string> {
  const columns = await names(
    connection,
    `select distinct column_name from duckdb_columns()
     where regexp_matches(${sqlText(query)}, '(?i)\\b' || table_name || '\\b') order by 1`,
  );
  const near = nearest(wanted, columns);
  return near.length > 0
    ? `there is no column ${wanted}; did you mean ${near.join(' or ')}?`
    : `there is no column ${wanted}; the tables of this query have ${columns.join(', ')}`;
}

/** The message for the author of `query`. The connection must still have its tables. */
export async function sqlErrorText(
  connection: DuckDBConnection,
  query: string,
  { message }: Error,
): Promise<string> {
  if (message === NOTHING) return 'the query contains no select';
  const table = NO_TABLE.exec(message);
  if (table) return noTable(connection, table[1]!);
  const column = NO_COLUMN.exec(message);
  if (column) return noColumn(connection, (column[1] ?? column[2])!, query);
  return message.replace(STEP, '').replaceAll('\n\n', '\n').trimEnd();
}
