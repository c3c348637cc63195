/**
 * The last export as tables of an in-memory DuckDB, which reaches its Parquet files and nothing
 * else: no other file, no network.
 */
import { join } from 'node:path';
import {
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBTypeId,
  StatementType,
} from '@duckdb/node-api';
import { Fault } from '../core/faults.ts';
import { sqlText } from '../core/relation.ts';
import type { Manifest } from '../platform/files/manifest.ts';
import { sqlErrorText } from './sql-error.ts';

const NUMBERS: number[] = [
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
];

/**
 * Makes a view of each published file, which a query reads only if it names it, then forbids other
 * files, network and further settings for the rest of the connection.
 */
export async function openTables(folder: string, manifest: Manifest) {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const paths = manifest.marts.map(({ name }) => sqlText(join(folder, `${name}.parquet`)));
  for (const [i, { name }] of manifest.marts.entries())
    await connection.run(`create view ${name} as select * from read_parquet(${paths[i]})`);
  await connection.run(`set allowed_paths = [${paths.join(', ')}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
  return connection;
}

/**
 * Changes to the tables in memory would be lost, so they are refused instead of appearing to work.
 */
async function oneSelect(connection: DuckDBConnection, query: string) {
  if (/^[\s;]*$/.test(query))
    throw new Fault('bad_input', 'the query is empty; write a select, such as select * from daily');
  const statements = await connection.extractStatements(query);
  if (statements.count !== 1)
    throw new Fault('bad_input', `sql takes one select; this is ${statements.count} statements`);
  const statement = await statements.prepare(0);
  if (statement.statementType === StatementType.SELECT) return statement;
  throw new Fault('bad_input', 'sql only reads: the query must be a select; nothing was changed');
}

/**
 * Whole numbers and decimals arrive as text; beyond 2^53 they stay text, since a number would lose
 * digits.
 */
const numberOf = (value: unknown) =>
  typeof value === 'string' && Math.abs(Number(value)) > Number.MAX_SAFE_INTEGER
    ? value
    : Number(value);

/**
 * Column names and rows of one select; numbers are numbers, days and instants are ISO text.
 * `printed` are the rows for a person, with nested values and intervals as DuckDB writes them.
 * Throws `bad_input` if the query is not one select.
 */
export async function select(connection: DuckDBConnection, query: string) {
  try {
    const result = await (await oneSelect(connection, query)).runAndReadAll();
    const columns = result.deduplicatedColumnNames();
    const types = result.columnTypes();
    const named = (cells: unknown[]) =>
      Object.fromEntries(cells.map((value, i) => [columns[i]!, value]));
    const rows = result
      .getRowsJson()
      .map((row) =>
        row.map((value, i) =>
          value !== null && NUMBERS.includes(types[i]!.typeId) ? numberOf(value) : value,
        ),
      );
    const values = result.getRows();
    const printed = rows.map((row, n) =>
      row.map((value, i) =>
        value !== null && typeof value === 'object' ? String(values[n]![i]) : value,
      ),
    );
    return { columns, rows: rows.map(named), printed: printed.map(named) };
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('bad_input', await sqlErrorText(connection, query, error as Error));
  }
}
