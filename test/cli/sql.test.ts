/** `signalhouse sql`: what a select gives, for programs and for a person. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTables, select } from '../../cli/tables-database.ts';
import type { Manifest } from '../../platform/files/manifest.ts';

const folder = mkdtempSync(join(tmpdir(), "signalhouse-sql's-"));
const parquet = (name: string) => join(folder, `${name}.parquet`).replaceAll("'", "''");
const published = {
  daily: "select date '2026-05-03' as day, 2.5::double as revenue",
  funnel: "select 'lead' as stage",
};
let tables: Awaited<ReturnType<typeof openTables>>;
beforeAll(async () => {
  const writer = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [name, query] of Object.entries({ ...published, secret: 'select 1 as one' }))
    await writer.run(`copy (${query}) to '${parquet(name)}'`);
  writer.closeSync();
  writeFileSync(join(folder, 'note.txt'), 'not published');
  const marts = Object.keys(published).map((name) => ({ name }));
  tables = await openTables(folder, { marts } as Manifest);
});
afterAll(() => {
  tables.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

describe('a select', () => {
  it.each([
    ["interval '26:03:04.5' + interval 14 months", '1 year 2 months 26:03:04.5'],
    ["timestamp '2026-05-03' - timestamp '2026-05-01 12:00'", '1 day 12:00:00'],
    ["{'a': 1, 'b': [1.5, null]}", "{'a': 1, 'b': [1.5, NULL]}"],
    ["[date '2026-01-01']", '[2026-01-01]'],
    ["timestamptz '2026-01-01 00:00:00+00'", '2026-01-01 00:00:00+00'],
    ['12345748.92', 12_345_748.92],
    ['9007199254740993', '9007199254740993'],
    ['5::ubigint', 5],
    ['null', null],
  ])('of %s is printed as %j', async (expression, printed) => {
    const found = await select(tables, `select ${expression} as it`);
    expect(found.printed).toEqual([{ it: printed }]);
  });

  it('reads the published files and no others', async () => {
    const { rows } = await select(tables, 'select day, revenue, stage from daily, funnel');
    expect(rows).toEqual([{ day: '2026-05-03', revenue: 2.5, stage: 'lead' }]);
    for (const source of [
      `'${parquet('secret')}'`,
      `'${parquet('*')}'`,
      `read_text('${parquet('x').replace('x.parquet', 'note.txt')}')`,
      `glob('${parquet('*')}')`,
      "'http://127.0.0.1/x.parquet'",
    ])
      await expect(select(tables, `select * from ${source}`), source).rejects.toThrow(
        /disabled by configuration|there is no table/,
      );
  });

  it('gives programs what is nested as JSON', async () => {
    const { rows } = await select(tables, "select [1, 2] as list, {'a': 'b'} as struct");
    expect(rows).toEqual([{ list: [1, 2], struct: { a: 'b' } }]);
  });

  it.each([
    ['', /the query is empty; write a select/],
    [' ; ;', /the query is empty/],
    ['-- nothing', /contains no select/],
    ['select 1; select 2', /takes one select; this is 2 statements/],
    ['drop table daily', /must be a select/],
    ['selec 1', /^syntax error at or near "selec"/],
    ['select * from dialy', /^there is no table dialy; did you mean daily\?$/],
    ['select * from customers', /^there is no table customers; there are daily, funnel$/],
    ['select revenu from daily', /^there is no column revenu; did you mean revenue\?$/],
    ['select d.revneue from daily as d', /^there is no column revneue; did you mean revenue\?$/],
    ['select x from daily', /^there is no column x; the tables of this query have day, revenue$/],
    ['select revenue(1) from daily', /revenue/],
  ])('that is wrong is told what it should be: %j', async (query, message) => {
    const error = await select(tables, query).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad_input' });
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toMatch(/native|Catalog|Binder|Parser/);
  });
});
