/**
 * Compares a table as it was published with what the same instant gives now, cell by cell (R13).
 */
import { decimalText, digitsReader } from '../../platform/cells.ts';
import { type Cell, keyText } from '../../sql/cell.ts';
import type { Column, Contract } from '../../sql/contract.ts';

export type RestatedCell = {
  /** The values of the table's grain, in its order. */
  key: string;
  column_name: string;
  old_value: string | null;
  new_value: string | null;
};

type Row = { cells: Cell[] };
type Pages = AsyncIterable<Cell[][]>;

/**
 * A row under another order of columns; columns that it does not have are left out by the caller.
 */
const places = (contract: Contract, published: string[]): Map<string, number> =>
  new Map(contract.columns.map(({ name }) => [name, published.indexOf(name)]));

/**
 * A cell as text: money in units of the row's currency, empty as null. A count without a row is 0.
 */
function textOf(
  cell: Cell,
  { type, additive }: Column,
  hasRow: boolean,
  digits: number,
): string | null {
  const value = hasRow || !additive ? cell : 0;
  if (value === null) return null;
  return type === 'money' && typeof value === 'number' ? decimalText(value, digits) : String(value);
}

/**
 * Cells whose values differ. `published` names the columns of `before`: one appended since is not
 * compared. A row that is there only once differs from nothing: from 0 where the column may be
 * summed.
 */
export async function restatedCells(
  contract: Contract,
  published: string[],
  before: Pages,
  after: Pages,
): Promise<RestatedCell[]> {
  const place = places(contract, published);
  const grain = contract.grain.map((name) =>
    contract.columns.findIndex((column) => column.name === name),
  );
  const compared = contract.columns
    .map((column, at) => ({ column, at, was: place.get(column.name)! }))
    .filter(({ at, was }) => was >= 0 && !grain.includes(at));
  const digits = digitsReader(contract);
  const now = new Map<string, Row>();
  for await (const page of after)
    for (const cells of page) now.set(keyText(grain.map((at) => cells[at]!)), { cells });

  const found: RestatedCell[] = [];
  const compare = (key: string, old: Cell[] | null, present: Cell[] | null): void => {
    const ordered = old && contract.columns.map(({ name }) => old[place.get(name)!] ?? null);
    const scale = digits((present ?? ordered)!);
    for (const { column, at } of compared) {
      const old_value = textOf(ordered?.[at] ?? null, column, old !== null, scale);
      const new_value = textOf(present?.[at] ?? null, column, present !== null, scale);
      if (old_value !== new_value)
        found.push({ key, column_name: column.name, old_value, new_value });
    }
  };
  for await (const page of before)
    for (const cells of page) {
      const key = keyText(contract.grain.map((name) => cells[published.indexOf(name)]!));
      compare(key, cells, now.get(key)?.cells ?? null);
      now.delete(key);
    }
  for (const [key, { cells }] of now) compare(key, null, cells);
  return found;
}
