/**
 * Reads a CSV text as one header and rows: padding is dropped, and lines that are not rows of the
 * table get an error (V21). Rows are read anew each time, and none is kept.
 */
import { Fault } from '../faults.ts';
import { type CsvRecord, type Pieces, readRecords } from './records.ts';

/**
 * Each row has a cell per column of the header, or an `error`; `titles` counts the lines above the
 * header.
 */
export type Table = {
  line: number;
  titles: number;
  header: string[];
  rows: Iterable<CsvRecord>;
};

const TOTAL = /^(grand |sub[ -]?)?totals?( *:.*)?$|^(summe|gesamt|insgesamt)( *:.*)?$/i;

/** The error of a row that adds up the others. */
export const TOTAL_ROW = 'looks like a total, not a row of the table';

/** Whether a row that begins with this cell adds up the others. */
export const isTotalLabel = (cell: string): boolean => TOTAL.test(cell.trim());

/** The first of the values, no more than so many. */
export function first<Value>(count: number, values: Iterable<Value>): Value[] {
  const found: Value[] = [];
  for (const value of values) {
    found.push(value);
    if (found.length === count) break;
  }
  return found;
}

const isBlank = (cell: string | undefined): boolean => cell === undefined || cell.trim() === '';

function withoutBlankEnd(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => !isBlank(cell));
  return cells.slice(0, last + 1);
}

/** Columns without a name and without cells are padding; one with cells is an error. */
function namedColumns(names: string[], rows: Iterable<CsvRecord>): number[] {
  const unnamed = [...names.keys()].filter((i) => names[i] === '');
  if (unnamed.length > 0)
    for (const { line, cells } of rows) {
      const filled = unnamed.find((i) => !isBlank(cells[i]));
      if (filled === undefined) continue;
      throw new Fault(
        'bad_input',
        `column ${filled + 1} has no name in the header, and line ${line} has a value in it; ` +
          'name it, or delete the column',
      );
    }
  return [...names.keys()].filter((i) => names[i] !== '');
}

function errorOf(cells: string[], header: string[]): string | undefined {
  if (cells.length > header.length)
    return `has ${cells.length} cells where the header has ${header.length}`;
  if (
    header.length > 1 &&
    cells.length === header.length &&
    cells.every((c, i) => c.trim() === header[i])
  )
    return 'repeats the header';
  const first = cells.find((cell) => !isBlank(cell)) ?? '';
  return isTotalLabel(first) ? TOTAL_ROW : undefined;
}

/**
 * How to find the table in its text, and whether columns may have no name, such as R's row names.
 */
export type TableReading = { isHeader?(cells: string[]): boolean; mayBeUnnamed?: boolean };

/** The rest, past so many. */
function* after<Value>(count: number, values: Iterable<Value>): Generator<Value> {
  let seen = 0;
  for (const value of values) if (++seen > count) yield value;
}

/** How many lines stand above the header. */
function titlesOf(records: Iterable<CsvRecord>, isHeader: (cells: string[]) => boolean): number {
  let seen = 0;
  for (const { cells } of records) {
    if (isHeader(cells)) return seen;
    seen++;
  }
  return 0;
}

/**
 * `pieces` is the text, which is read several times. The header is the first line that `isHeader`
 * accepts, else the first line. Rows with an error keep their cells if they look like a total or
 * have too many. Throws `bad_input` if there is no header, and for a column with cells but no name.
 */
export function readTable(
  pieces: Pieces,
  { isHeader, mayBeUnnamed = false }: TableReading = {},
): Table {
  const titles = isHeader ? titlesOf(readRecords(pieces), isHeader) : 0;
  const [head] = first(1, after(titles, readRecords(pieces)));
  if (!head) throw new Fault('bad_input', 'the file is empty');
  if (head.error) throw new Fault('bad_input', `line ${head.line}, the header: ${head.error}`);
  const records = () => after(titles + 1, readRecords(pieces));
  const names = withoutBlankEnd(head.cells).map((name) => name.trim());
  const places = mayBeUnnamed ? [...names.keys()] : namedColumns(names, records());
  const rowOf = ({ line, cells, error }: CsvRecord): CsvRecord => {
    if (error) return { line, cells, error };
    const wrong = errorOf(withoutBlankEnd(cells), names);
    const placed = places.map((i) => cells[i] ?? '');
    if (!wrong) return { line, cells: placed };
    return { line, cells: cells.length > names.length ? cells : placed, error: wrong };
  };
  return {
    line: head.line,
    titles,
    header: places.map((i) => names[i]!),
    rows: {
      *[Symbol.iterator]() {
        for (const record of records()) yield rowOf(record);
      },
    },
  };
}
