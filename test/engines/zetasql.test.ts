/**
 * Every view gives the same rows on Google's own evaluator of GoogleSQL as on SQLite: what BigQuery
 * would say of the same facts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { views } from '../../sql/views/index.ts';
import { drawnHouse } from '../views/drawn-house.ts';
import { randomAsOf as as_of } from '../views/random-house.ts';
import { difference } from './difference.ts';
import { storedTables } from './engine-house.ts';
import { hasZetaSql, ZetaSql } from './zetasql.ts';

const HOUSES = Number(process.env.HOUSES ?? (process.env.FULL ? 200 : 3));
/** The house whose views are each one query with all that they read. */
const WHOLE = 2;
const PATIENCE_MS = 300_000;

if (!hasZetaSql)
  console.warn(
    'ZetaSQL is not installed: `npm ci` in test/engines brings it; its tests are skipped.',
  );

describe.skipIf(!hasZetaSql)('ZetaSQL', () => {
  let engine: ZetaSql;

  beforeAll(async () => {
    engine = await ZetaSql.start();
  });
  afterAll(() => engine?.stop());

  it.each(Array.from({ length: HOUSES }, (_, n) => n))(
    'says of house %i what SQLite says',
    async (n) => {
      const { house, words } = drawnHouse(n);
      const opened = engine.open(storedTables(house), as_of);
      for (const { name } of views) {
        const expected = house.query(`select * from ${name}`, { as_of });
        const rows =
          n === WHOLE && process.env.FULL ? await opened.whole(name) : await opened.next(name);
        expect.soft(difference(expected, rows), `${name}, ${words}`).toBeNull();
      }
      await opened.close();
      house.close();
    },
    PATIENCE_MS,
  );
});
