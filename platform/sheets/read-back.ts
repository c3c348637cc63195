/** Reads the house's tabs back and finds cells that are not as they were written. */
import type { Page } from '../../core/pages/page.ts';
import { runColumns } from '../../sql/contract.ts';
import { instantOfSerial, publishedColumns } from '../cells.ts';
import { Checksum } from '../checksum.ts';
import type { RunStamp, Table, Written } from '../destination.ts';
import type { Spreadsheet } from './api.ts';
import { cellsOf, columnName, rangeOf, runValues, type Value } from './cells.ts';
import { pageValues } from './page-cells.ts';
import type { State, Tab } from './state.ts';

/** Cells that one `values.batchGet` may request. */
const CALL_CELLS = 200_000;
/** Cells that a message names. */
const NAMED = 5;

export type PageTab = { mart: string; page: Page };

/** What was read back: the entries for the ledger, and a sentence for each tab that differs. */
export type Found = { written: Written[]; differences: string[] };

type Part = { range: string; cells: number; take(values: unknown[][]): void };

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';
const isSame = (found: unknown, expected: unknown): boolean =>
  found === expected || (isBlank(found) && isBlank(expected));

/** A tab's cells to the end of the grid, so that leftover rows are found. */
function partsOf(
  tab: Tab,
  columns: number,
  take: (values: unknown[][], from: number) => void,
): Part[] {
  const step = Math.max(1, Math.floor(CALL_CELLS / columns));
  const parts: Part[] = [];
  for (let from = 1; from <= tab.row_count; from += step) {
    const to = Math.min(tab.row_count, from + step - 1);
    parts.push({
      range: rangeOf(tab.title, from, to, columns),
      cells: (to - from + 1) * columns,
      take: (values) => take(values, from),
    });
  }
  return parts;
}

async function readParts(place: Spreadsheet, parts: Part[]): Promise<void> {
  for (let from = 0; from < parts.length; ) {
    let to = from + 1;
    for (
      let cells = parts[from]!.cells;
      to < parts.length && cells + parts[to]!.cells <= CALL_CELLS;
      to += 1
    )
      cells += parts[to]!.cells;
    const read = parts.slice(from, to);
    const values = await place.values(read.map(({ range }) => range));
    read.forEach((part, i) => {
      part.take(values[i]!);
    });
    from = to;
  }
}

/** Addresses of the first few cells that differ. */
class Differences {
  readonly #cells: string[] = [];
  #count = 0;

  compare(row: number, found: unknown[], expected: readonly unknown[]): void {
    for (let i = 0; i < Math.max(found.length, expected.length); i += 1) {
      if (isSame(found[i], expected[i])) continue;
      this.#count += 1;
      if (this.#cells.length < NAMED) this.#cells.push(`${columnName(i + 1)}${row}`);
    }
  }

  sentence(title: string): string[] {
    if (this.#count === 0) return [];
    const others = this.#count - this.#cells.length;
    return [`tab ${title}: ${this.#cells.join(', ')}${others > 0 ? ` and ${others} more` : ''}`];
  }
}

/**
 * Compares cell by cell. Reads the tab once more, since this is rare and a whole table is never in
 * memory.
 */
async function differencesOf(
  place: Spreadsheet,
  tab: Tab,
  table: Table,
  run: RunStamp,
): Promise<string[]> {
  const columns = publishedColumns(table.contract);
  const { values } = cellsOf(table.contract);
  const stamp = runValues(run, table.contract);
  const found = new Differences();
  const compare = async (from: number, expected: Value[][]) => {
    const [rows] = await place.values([
      rangeOf(tab.title, from, from + expected.length - 1, columns.length),
    ]);
    expected.forEach((row, i) => {
      found.compare(from + i, rows![i] ?? [], row);
    });
  };
  await compare(1, [columns.map(({ name }) => name)]);
  let next = 2;
  for await (const page of table.pages()) {
    if (page.length > 0)
      await compare(
        next,
        page.map((row) => [...stamp, ...values(row)]),
      );
    next += page.length;
  }
  if (next <= tab.row_count) {
    const [rows] = await place.values([rangeOf(tab.title, next, tab.row_count, columns.length)]);
    rows!.forEach((row, i) => {
      found.compare(next + i, row, []);
    });
  }
  return found.sentence(tab.title);
}

class TableCheck {
  readonly table: Table;
  readonly #names: string[];
  readonly #stamp: Value[];
  readonly #cells: ReturnType<typeof cellsOf>;
  readonly #checksum = new Checksum();
  #isOurs = true;

  constructor(table: Table, run: RunStamp) {
    this.table = table;
    this.#names = publishedColumns(table.contract).map(({ name }) => name);
    this.#stamp = runValues(run, table.contract);
    this.#cells = cellsOf(table.contract);
  }

  readonly take = (rows: unknown[][], from: number): void => {
    const first = from === 1 ? 1 : 0;
    if (first === 1) this.#isOurs &&= this.#names.every((name, i) => rows[0]?.[i] === name);
    const runWidth = runColumns.length;
    for (let i = first; i < rows.length; i += 1) {
      const row = rows[i]!;
      if (isBlank(row[0]) && row.every(isBlank)) continue;
      this.#isOurs &&= this.#isStamped(row);
      this.#checksum.add(this.#cells.row(row, runWidth));
    }
  };

  /**
   * Whether the run columns are this run's; the instant to the millisecond, the precision of a
   * serial number.
   */
  #isStamped(row: unknown[]): boolean {
    const [asOf, ...rest] = this.#stamp;
    const isThen =
      typeof row[0] === 'number' && instantOfSerial(row[0]) === instantOfSerial(Number(asOf));
    return isThen && rest.every((value, i) => row[i + 1] === value);
  }

  /** Rows and checksum as read back. */
  get read(): { rows: number; checksum: string } {
    return { rows: this.#checksum.rows, checksum: this.#checksum.toString() };
  }

  /** Whether header, run columns, rows and checksum are the run's. */
  get isRight(): boolean {
    const { rows, checksum } = this.read;
    return this.#isOurs && rows === this.table.row_count && checksum === this.table.checksum;
  }
}

/**
 * Rows and checksums as read back, with headers and run columns checked. `state` must have every
 * tab.
 */
export async function readBack(
  place: Spreadsheet,
  state: State,
  run: RunStamp,
  tables: Table[],
  pages: PageTab[],
): Promise<Found> {
  const tabOf = (mart: string): Tab => state.tabs.get(mart)!;
  const checks = tables.map((table) => new TableCheck(table, run));
  const onPages = pages.map(() => new Differences());
  await readParts(place, [
    ...checks.flatMap(({ table, take }) =>
      partsOf(tabOf(table.contract.name), publishedColumns(table.contract).length, take),
    ),
    ...pages.flatMap(({ mart, page }, nth) => {
      const expected = pageValues(page);
      const tab = tabOf(mart);
      const compare = (rows: unknown[][], from: number) => {
        for (let i = 0; i < Math.max(rows.length, expected.length); i += 1)
          onPages[nth]!.compare(from + i, rows[i] ?? [], expected[from + i - 1] ?? []);
      };
      return partsOf(tab, page.columns.length, compare);
    }),
  ]);
  const differences: string[] = [];
  for (const check of checks.filter(({ isRight }) => !isRight)) {
    const tab = tabOf(check.table.contract.name);
    const named = await differencesOf(place, tab, check.table, run);
    differences.push(...(named.length > 0 ? named : [`tab ${tab.title}: its rows`]));
  }
  pages.forEach(({ mart }, nth) => {
    differences.push(...onPages[nth]!.sentence(tabOf(mart).title));
  });
  const written = checks.map(({ table: { contract, load_id }, read }) => ({
    mart: contract.name,
    load_id,
    ...read,
    tab: { spreadsheet: place.id, sheet_id: tabOf(contract.name).sheet_id },
  }));
  return { written, differences };
}
