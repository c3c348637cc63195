/**
 * The rows of a house in DuckDB, in memory and on one thread: the reference that the marts are
 * timed against.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Engine } from './copies.ts';

const PAGE = 20_000;

type Table = { name: string; columns: string };

const TABLES = `
  select name from sqlite_master
  where type = 'table' and name not like 'sqlite%' and name not like '%cf_%'
    and name <> 'd1_migrations'
  order by name`;

const TYPES: Record<string, string> = { INTEGER: 'bigint', REAL: 'double', TEXT: 'varchar' };

/** The tables of a house as they are now, with their columns' types in DuckDB's words. */
async function tablesOf(db: D1Database): Promise<Table[]> {
  const { results } = await db.prepare(TABLES).all<{ name: string }>();
  return Promise.all(
    results.map(async ({ name }) => {
      const columns = await db
        .prepare(`select name, upper(type) as type from pragma_table_info('${name}')`)
        .all<{ name: string; type: string }>();
      const typed = columns.results.map((column) => `${column.name}: '${TYPES[column.type]!}'`);
      return { name, columns: typed.join(', ') };
    }),
  );
}

/** Copies every table of `db`, row by row the same; neither keys, indexes nor triggers. */
export async function copyToDuckDb(db: D1Database): Promise<DuckDBConnection> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const folder = mkdtempSync(join(tmpdir(), 'signalhouse-bench-'));
  const file = join(folder, 'rows.ndjson');
  try {
    for (const { name, columns } of await tablesOf(db)) {
      const read = `
        select * from read_json(
          '${file}', format = 'newline_delimited', columns = {${columns}}
        )`;
      for (let from = 0, found = PAGE; found === PAGE; from += PAGE) {
        const page = db.prepare(`select * from ${name} limit ${PAGE} offset ${from}`);
        const { results } = await page.all();
        found = results.length;
        writeFileSync(file, results.map((row) => JSON.stringify(row)).join('\n'));
        const into = from === 0 ? `create table ${name} as` : `insert into ${name} by name`;
        await connection.run(`${into} ${read}`);
      }
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
