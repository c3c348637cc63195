/** A house on DuckDB, the engine of the files that a person explores. */
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlLiteral } from '../../core/relation.ts';
import { readBy, render } from '../../sql/render.ts';
import type { ColumnType, EngineHouse, Row, StoredTable } from './engine-house.ts';

const types: Record<ColumnType, string> = { INTEGER: 'bigint', REAL: 'double', TEXT: 'varchar' };
const ROWS_PER_INSERT = 500;

/** Whole numbers come as bigint. */
const plain = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value);

/** A database in memory with the tables of a house; its views are true at `as_of` (UTC ms). */
export async function openDuckDb(tables: StoredTable[], as_of: number): Promise<EngineHouse> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { name, columns, rows } of tables) {
    await connection.run(
      `create table ${name} (${columns.map((c) => `${c.name} ${types[c.type]}`).join(', ')})`,
    );
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
      const texts = rows
        .slice(from, from + ROWS_PER_INSERT)
        .map((row) => `(${row.map(sqlLiteral).join(', ')})`);
      await connection.run(`insert into ${name} values ${texts.join(', ')}`);
    }
  }
  const read = async (sql: string): Promise<Row[]> =>
    (await connection.runAndReadAll(sql))
      .getRowObjects()
      .map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])),
      );
  return {
    whole: (name) => read(render(`select * from ${name}`, { as_of }, 'duckdb')),
    next: async (name) => {
      const given = new Map(readBy(name).map((view) => [view, `select * from temp.${view}`]));
      const sql = render(`select * from ${name}`, { as_of, given }, 'duckdb');
      await connection.run(`create temp table ${name} as ${sql}`);
      return read(`select * from temp.${name}`);
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
