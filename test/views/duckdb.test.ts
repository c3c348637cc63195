/** Every view gives the same rows on SQLite and on DuckDB: the house that a person works in, and the files that they explore. */
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, it } from 'vitest';
import { render } from '../../sql/render.ts';
import { views } from '../../sql/views/index.ts';
import { randomAsOf as as_of, randomHouse } from './random-house.ts';
import type { ViewRow } from './sqlite-house.ts';

const house = randomHouse(120);
let duck: DuckDBConnection;

const types: Record<string, string> = { INTEGER: 'bigint', REAL: 'double', TEXT: 'varchar' };
const quoted = (value: string | number | null): string =>
  value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  const tables = house.db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[];
  for (const { name } of tables) {
    const columns = house.db.prepare('select name, upper(type) as type from pragma_table_info(?)').all(name);
    await duck.run(`create table ${name} (${columns.map((c) => `${c.name} ${types[String(c.type)]}`).join(', ')})`);
    const rows = house.db.prepare(`select * from ${name}`).all() as ViewRow[];
    for (let i = 0; i < rows.length; i += 500)
      await duck.run(
        `insert into ${name} values ${rows
          .slice(i, i + 500)
          .map((row) => `(${Object.values(row).map(quoted).join(', ')})`)
          .join(', ')}`,
      );
  }
});

/** A value as both engines may state it: big integers as numbers, a float to nine digits. */
const plain = (value: unknown): string | number | null => {
  if (value === null || value === undefined) return null;
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number') return String(number);
  return Number.isInteger(number) ? number : Number(number.toPrecision(9));
};

const comparable = (rows: Record<string, unknown>[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).map(([name, value]) => [name, plain(value)]))).sort();

it.each(views.map((view) => view.name))('%s', async (name) => {
  const select = `select * from ${name}`;
  const reader = await duck.runAndReadAll(render(select, { as_of }, 'duckdb'));
  expect(comparable(reader.getRowObjects())).toEqual(comparable(house.query(select, { as_of })));
});
