/**
 * Every view gives the same rows on SQLite and on DuckDB: the house that a person works in, and the
 * files that they explore.
 */
import { expect, it } from 'vitest';
import { views } from '../../sql/views/index.ts';
import { drawnHouse } from '../views/drawn-house.ts';
import { randomAsOf as as_of, randomHouse } from '../views/random-house.ts';
import type { SqliteHouse } from '../views/sqlite-house.ts';
import { difference } from './difference.ts';
import { openDuckDb } from './duckdb.ts';
import { storedTables } from './engine-house.ts';

const HOUSES = Number(process.env.HOUSES ?? (process.env.FULL ? 200 : 1));
/**
 * The house whose views are each one query with all that they read, as the command line runs it.
 */
const WHOLE = 2;
const PATIENCE_MS = 300_000;

async function compare(house: SqliteHouse, words: string, how: 'whole' | 'next'): Promise<void> {
  const opened = await openDuckDb(storedTables(house), as_of);
  for (const { name } of views) {
    const expected = house.query(`select * from ${name}`, { as_of });
    expect.soft(difference(expected, await opened[how](name)), `${name}, ${words}`).toBeNull();
  }
  await opened.close();
  house.close();
}

it(
  'says of a larger house what SQLite says',
  () => compare(randomHouse(process.env.FULL ? 120 : 40), 'the larger house', 'next'),
  PATIENCE_MS,
);

it.each(Array.from({ length: HOUSES }, (_, n) => n))(
  'says of house %i what SQLite says',
  (n) => {
    const { house, words } = drawnHouse(n);
    return compare(house, words, n === WHOLE && process.env.FULL ? 'whole' : 'next');
  },
  PATIENCE_MS,
);
