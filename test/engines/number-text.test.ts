/**
 * A number as people read it is the same text on every engine, as far as whole numbers of 64 bits
 * go.
 */
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import type { Engine } from '../../sql/dialects.ts';
import { expandMacros } from '../../sql/macros.ts';
import { render } from '../../sql/render.ts';
import { hasZetaSql, ZetaSql } from './zetasql.ts';

const wholes = [
  0,
  7,
  999,
  1000,
  1001,
  10_050,
  999_999,
  1_000_000,
  1_000_001,
  123_456_789,
  999_999_999,
  1_000_000_000,
  123_456_789_000,
  2 ** 52 + 1,
  2 ** 53 - 1,
  2 ** 62,
  2 ** 63 - 1024,
];
const said: [number: string, text: string][] = [
  ...wholes.map((n): [string, string] => [`${BigInt(n)}.0`, BigInt(n).toLocaleString('en')]),
  ['0.05', '0.1'],
  ['999.94', '999.9'],
  ['999.96', '1,000.0'],
  ['1234.5', '1,234.5'],
  ['1234567890.25', '1,234,567,890.3'],
];

const asked = (engine: Engine): string => {
  const numbers = said.map(
    ([number], n) => `select ${n} as place, cast(${number} as float64) as value`,
  );
  const words = `select {{number_text(value)}} as words
    from (${numbers.join(' union all ')}) as numbers order by place`;
  return render(expandMacros(words, engine), { as_of: 0 }, engine);
};
const texts = (rows: Record<string, unknown>[]): unknown[] => rows.map(({ words }) => words);
const expected = said.map(([, text]) => text);

it('on SQLite', () => {
  expect(texts(new DatabaseSync(':memory:').prepare(asked('sqlite')).all())).toEqual(expected);
});

it('on DuckDB', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  expect(texts((await connection.runAndReadAll(asked('duckdb'))).getRowObjects())).toEqual(
    expected,
  );
  connection.closeSync();
});

it.skipIf(!hasZetaSql)('on GoogleSQL', async () => {
  const engine = await ZetaSql.start();
  expect(texts(await engine.ask(asked('bigquery')))).toEqual(expected);
  engine.stop();
});
