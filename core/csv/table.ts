/**
 * Reads a CSV text as one header and rows: padding is dropped, and lines that are not rows of the
 * table get an error (V21).
 */
import { Fault } from '../faults.ts';
import { type CsvRecord, readRecords } from './records.ts';

/**
 * Each row has a cell per column of the header, or an `error`; `titles` counts the lines above the
 * header.
 */
export type Table = { line: number; titles: number; header: string[]; rows: CsvRecord[] };

const TOTAL = /^(grand |sub[ -]?)?totals?( *:.*)?$|^(summe|gesamt|insgesamt)( *:.*)?$/i;

/** The error of a row that adds up the others. */
export const TOTAL_ROW = 'looks like a total, not a row of the table';

/** Whether a row that begins with this cell adds up the others. */
export const isTotalLabel = (cell: string): boolean => TOTAL.test(cell.trim());

const isBlank = (cell: string | undefined): boolean => cell === undefined || cell.trim() === '';

function withoutBlankEnd(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => !isBlank(cell));
  return cells.slice(0, last + 1);
}

/** Columns without a name and without cells are padding; one with cells is an error. */
function namedColumns(names: string[], rows: CsvRecord[]): number[] {
  return names.flatMap((name, i) => {
    if (name !== '') return [i];
    const filled = rows.find(({ cells }) => !isBlank(cells[i]));
    if (!filled) return [];
    throw new Fault(
      'bad_input',
      `column ${i + 1} has no name in the header, and line ${filled.line} has a value in it; ` +
        'name it, or delete the column',
    );
  });
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

/**
 * Reads the whole text. The header is the first line that `isHeader` accepts, else the first line.
 * Rows with an error keep their cells if they look like a total or have too many. Throws
 * `bad_input` if there is no header, and for a column with cells but no name.
 */
export function readTable(
  text: string,
  { isHeader = () => true, mayBeUnnamed = false }: TableReading = {},
): Table {
  const all = readRecords(text);
  const start = Math.max(
    0,
    all.findIndex(({ cells }) => isHeader(cells)),
  );
  const [head, ...records] = all.slice(start);
  if (!head) throw new Fault('bad_input', 'the file is empty');
  if (head.error) throw new Fault('bad_input', `line ${head.line}, the header: ${head.error}`);
  const names = withoutBlankEnd(head.cells).map((name) => name.trim());
  const places = mayBeUnnamed ? [...names.keys()] : namedColumns(names, records);
  const header = places.map((i) => names[i]!);
  const rows = records.map(({ line, cells, error }): CsvRecord => {
    if (error) return { line, cells, error };
    const wrong = errorOf(withoutBlankEnd(cells), names);
    const placed = places.map((i) => cells[i] ?? '');
    if (!wrong) return { line, cells: placed };
    return { line, cells: cells.length > names.length ? cells : placed, error: wrong };
  });
  return { line: head.line, titles: start, header, rows };
}
