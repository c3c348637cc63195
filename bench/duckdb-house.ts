/**
 * The rows of a house in DuckDB, in memory and on one thread: the reference that the marts are
 * timed against.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Engine } from './copies.ts';

const migrations = new URL('../migrations/', import.meta.url);
const PAGE = 20_000;

/** The same tables in DuckDB's words; its columns need neither clustering nor indexes. */
const schemaOf = (sql: string): string =>
  sql
    .replace(/--.*$/gm, '')
    .replace(/create (unique )?index[^;]*;/g, '')
    .replace(/without rowid/g, '')
    .replace(/ integer\b/g, ' bigint')
    .replace(/ real\b/g, ' double')
    .replace(/,\s*primary key \([^)]*\)/g, '')
    .replace(/ primary key/g, '');

/** Copies every table of `db`, row by row the same. */
export async function copyToDuckDb(db: D1Database): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-bench-'));
  const schema = readdirSync(migrations)
    .sort()
    .map((name) => schemaOf(readFileSync(new URL(name, migrations), 'utf8')))
    .join('\n');
  await connection.run(schema);
  try {
    for (const [, table] of schema.matchAll(/create table (\w+)/g))
      for (let from = 0; ; from += PAGE) {
        const { results } = await db
          .prepare(`select * from ${table} limit ${PAGE} offset ${from}`)
          .all();
        if (results.length === 0) break;
        const file = join(folder, 'rows.ndjson');
        writeFileSync(file, results.map((row) => JSON.stringify(row)).join('\n'));
        const described = await connection.runAndReadAll(
          `select column_name, column_type from (describe ${table})`,
        );
        const columns = described.getRowsJson().map(([name, type]) => `${name}: '${type}'`);
        await connection.run(
          `insert into ${table} by name
           select * from read_json(
             '${file}', format = 'newline_delimited', columns = {${columns.join(', ')}}
           )`,
        );
        if (results.length < PAGE) break;
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return connection;
}

/** The same statements that copy people in D1 copy them here. */
export const ofDuckDb = (connection: DuckDBConnection): Engine => ({
  run: (sql) => connection.run(sql),
  columns: async (table) =>
    (await connection.runAndReadAll(`select column_name from (describe ${table})`))
      .getRowsJson()
      .map(([name]) => String(name)),
});
