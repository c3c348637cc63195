/** Rows of any number become statements that D1 takes, with the model's columns. */
import { DrizzleQueryError } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { insertRows, jsonArrays, overwrite } from '../../warehouse/insert-rows.ts';
import { columnsOf, keyOf } from '../../warehouse/schema/columns.ts';
import { checkResults, contacts, suppressions } from '../../warehouse/schema/index.ts';
import { d1Message } from '../../warehouse/statement.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';

const outcome = (check_id: string, failing: number) => ({
  run_id: 'r',
  attempt: 1,
  check_id,
  severity: 'warn',
  failing,
});

describe('rows', () => {
  it('are cut by their bytes, whatever their characters, and none is lost', () => {
    const values = Array.from({ length: 500 }, (_, n) => [n, 'é'.repeat(n % 40), '漢"\n']);
    const arrays = jsonArrays(values, 1000);
    expect(arrays.flatMap((json) => JSON.parse(json))).toEqual(values);
    expect(arrays.length).toBeGreaterThan(20);
    for (const json of arrays)
      expect(new TextEncoder().encode(json).length).toBeLessThanOrEqual(1001);
  });

  it('are no statement where there are none, and one that is too long stands alone', () => {
    expect(jsonArrays([])).toEqual([]);
    expect(jsonArrays([1, 'x'.repeat(50), 2], 20).length).toBe(3);
  });

  it('are inserted with every column of the model; a taken key fails or is updated', async () => {
    const { db, close } = sqliteD1();
    await db.batch(insertRows(db, checkResults, [outcome('a', 1), outcome('b', 2)]));
    await expect(db.batch(insertRows(db, checkResults, [outcome('a', 9)]))).rejects.toThrow();
    const again = [{ ...outcome('a', 3), sample_keys: '[]' }];
    await db.batch(insertRows(db, checkResults, again, overwrite(checkResults)));
    const { results } = await db.prepare('select * from check_results order by check_id').all();
    expect(results).toEqual([
      { ...outcome('a', 3), sample_keys: '[]' },
      { ...outcome('b', 2), sample_keys: null },
    ]);
    close();
  });
});

it('an error of D1 is told without the values that Drizzle quotes', () => {
  const d1 = new Error('D1_ERROR: no such table: inbox', { cause: new Error('no such table') });
  const wrapped = new DrizzleQueryError('insert …', ['mila@example.com'], d1);
  expect(d1Message(wrapped)).toBe('D1_ERROR: no such table: inbox');
  expect(d1Message(new TypeError('mila@example.com'))).toBeUndefined();
});

it('lists of columns and keys are the model’s', () => {
  expect(columnsOf(suppressions)).toEqual(['contact_id', 'address', 'reason', 'suppressed_at']);
  expect(columnsOf(suppressions, ['address', 'reason'])).toEqual(['contact_id', 'suppressed_at']);
  expect(keyOf(suppressions)).toEqual(['contact_id', 'address', 'reason']);
  expect(keyOf(contacts)).toEqual(['contact_id']);
});
