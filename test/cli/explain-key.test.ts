/**
 * The key of a row that `explain` takes: as it is printed, with ` | ` for ` · `, or written
 * closely.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, it } from 'vitest';
import { findNumber } from '../../cli/explain/published-number.ts';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
await connection.run(
  `create table dim_campaign as select unnest(['Q4 | Leads', 'spring', 'a · b']) as campaign`,
);
await connection.run(`create table training_outcomes as
  select * from (
    values ('Course | B', 'unknown'), ('Course', 'B'), ('Yoga · 2', 'a|b'), ('none', null)
  ) as t (product, cohort)`);

const keyFound = async (table: string, key: string, column: string) =>
  (await findNumber(connection, table, key, column)).key;

it.each([
  ['dim_campaign', 'spring', 'spring'],
  ['dim_campaign', 'Q4 | Leads', 'Q4 | Leads'],
  ['dim_campaign', 'a · b', 'a · b'],
  ['training_outcomes', 'Course|B', 'Course · B'],
  ['training_outcomes', 'Course | B | unknown', 'Course | B · unknown'],
  ['training_outcomes', 'Course | B · unknown', 'Course | B · unknown'],
  ['training_outcomes', 'Yoga · 2 | a|b', 'Yoga · 2 · a|b'],
  ['training_outcomes', 'Yoga · 2 · a|b', 'Yoga · 2 · a|b'],
  ['training_outcomes', 'none | ', 'none · '],
])('finds in %s the row of %s', async (table, key, found) => {
  expect(await keyFound(table, key, table === 'dim_campaign' ? 'campaign' : 'cohort')).toBe(found);
});

it('finds every row by the key that is suggested where there is none', async () => {
  for (const table of ['dim_campaign', 'training_outcomes']) {
    const column = table === 'dim_campaign' ? 'campaign' : 'cohort';
    const message = await keyFound(table, 'no such', column).catch((error: Error) => error.message);
    const suggested = message.split('\n  ').slice(1);
    expect(suggested.length).toBeGreaterThan(2);
    for (const key of suggested) expect(await keyFound(table, key, column)).toBe(key);
  }
});
