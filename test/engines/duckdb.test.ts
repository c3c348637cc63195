/** Every view gives the same rows on SQLite and on DuckDB: the house that a person works in, and the files that they explore. */
import { expect, it } from 'vitest';
import { views } from '../../sql/views/index.ts';
import { drawnHouse } from '../views/drawn-house.ts';
import { randomAsOf as as_of, randomHouse } from '../views/random-house.ts';
import { difference } from './difference.ts';
import { openDuckDb } from './duckdb.ts';
import { storedTables } from './engine-house.ts';

const HOUSES = Number(process.env.HOUSES ?? (process.env.FULL ? 200 : 5));
const PATIENCE_MS = 120_000;

it('says of a large house, each view in one query, what SQLite says', async () => {
  const house = randomHouse(120);
  const opened = await openDuckDb(storedTables(house), as_of);
  for (const { name } of views) {
    const expected = house.query(`select * from ${name}`, { as_of });
    expect.soft(difference(expected, await opened.whole(name)), name).toBeNull();
  }
  await opened.close();
});

it.each(Array.from({ length: HOUSES }, (_, n) => n))(
  'says of house %i what SQLite says',
  async (n) => {
    const { house, words } = drawnHouse(n);
    const opened = await openDuckDb(storedTables(house), as_of);
    for (const { name } of views) {
      const expected = house.query(`select * from ${name}`, { as_of });
      expect.soft(difference(expected, await opened.next(name)), `${name}, ${words}`).toBeNull();
    }
    await opened.close();
    house.db.close();
  },
  PATIENCE_MS,
);
