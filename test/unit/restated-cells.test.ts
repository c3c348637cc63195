/** Two tellings of one table, compared cell by cell. */
import { expect, it } from 'vitest';
import type { Cell } from '../../sql/cell.ts';
import type { Contract } from '../../sql/contract.ts';
import { restatedCells } from '../../workers/export/restated-cells.ts';

const contract: Contract = {
  name: 'till',
  kind: 'mart',
  answers: 'What was taken?',
  sheets: 'all',
  grain: ['day', 'shop'],
  columns: [
    { name: 'day', type: 'date', description: '' },
    { name: 'shop', type: 'string', description: '' },
    { name: 'taken', type: 'money', description: '', additive: true },
    { name: 'currency', type: 'string', description: '' },
    { name: 'best_hour', type: 'integer', description: '' },
    { name: 'visitors', type: 'integer', description: '', additive: true },
  ],
};
const published = contract.columns.map(({ name }) => name);

async function* pages(...rows: Cell[][]): AsyncGenerator<Cell[][]> {
  for (const row of rows) yield [row];
}
const compare = async (
  before: Cell[][],
  after: Cell[][],
  names = published,
): Promise<(string | null)[][]> =>
  (await restatedCells(contract, names, pages(...before), pages(...after))).map((cell) =>
    Object.values(cell),
  );

const may: Cell[] = ['2026-05-01', 'a', 1250, 'USD', 9, 4];

it('finds nothing between the same rows in another order', async () => {
  const june: Cell[] = ['2026-06-01', null, 1, 'JPY', null, 0];
  expect(await compare([may, june], [june, may])).toEqual([]);
  expect(await compare([], [])).toEqual([]);
});

it('tells money in units of its currency, and an empty cell as nothing', async () => {
  expect(await compare([may], [['2026-05-01', 'a', 1300, 'USD', null, 4]])).toEqual([
    ['2026-05-01 · a', 'taken', '12.50', '13.00'],
    ['2026-05-01 · a', 'best_hour', '9', null],
  ]);
  const yen: Cell[] = ['2026-05-01', 'b', 1250, 'JPY', 9, 4];
  expect(await compare([yen], [yen.with(2, 1300)])).toEqual([
    ['2026-05-01 · b', 'taken', '1250', '1300'],
  ]);
});

it('counts from nothing where a row is new, and to nothing where one is gone', async () => {
  expect(await compare([], [may])).toEqual([
    ['2026-05-01 · a', 'taken', '0.00', '12.50'],
    ['2026-05-01 · a', 'currency', null, 'USD'],
    ['2026-05-01 · a', 'best_hour', null, '9'],
    ['2026-05-01 · a', 'visitors', '0', '4'],
  ]);
  expect(await compare([may.with(2, 0).with(4, null)], [])).toEqual([
    ['2026-05-01 · a', 'currency', 'USD', null],
    ['2026-05-01 · a', 'visitors', '4', '0'],
  ]);
});

it('does not compare a column that was appended since', async () => {
  expect(await compare([may.slice(0, 5)], [may.with(5, 99)], published.slice(0, 5))).toEqual([]);
});
