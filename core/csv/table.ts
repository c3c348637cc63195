/** A CSV text as one header and rows under it: padding of spreadsheets goes, what is no row of the table says so (V21). */
import { Fault } from '../faults.ts';
import { type CsvRecord, readRecords } from './records.ts';

/** Each row has a cell per column of the header, or an `error`. */
export type Table = { line: number; header: string[]; rows: CsvRecord[] };

const TOTAL = /^(grand |sub[ -]?)?totals?( *:.*)?$|^(summe|gesamt|insgesamt)( *:.*)?$/i;

const isBlank = (cell: string | undefined): boolean => cell === undefined || cell.trim() === '';

function withoutBlankEnd(cells: string[]): string[] {
  const last = cells.findLastIndex((cell) => !isBlank(cell));
  return cells.slice(0, last + 1);
}

/** Columns without a name and without a cell are padding; one with cells has lost its name. */
function namedColumns(names: string[], rows: CsvRecord[]): number[] {
  return names.flatMap((name, i) => {
    if (name !== '') return [i];
    const filled = rows.find(({ cells }) => !isBlank(cells[i]));
    if (!filled) return [];
    throw new Fault(
      'bad_input',
      `column ${i + 1} has no name in the header, and line ${filled.line} has a value in it; name it, or delete the column`,
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
  return TOTAL.test(first.trim()) ? 'looks like a total, not a row of the table' : undefined;
}

/** Reads the whole text. Throws `bad_input` where it has no header. */
export function readTable(text: string): Table {
  const [head, ...records] = readRecords(text);
  if (!head) throw new Fault('bad_input', 'the file is empty');
  if (head.error) throw new Fault('bad_input', `line ${head.line}, the header: ${head.error}`);
  const names = withoutBlankEnd(head.cells).map((name) => name.trim());
  const places = namedColumns(names, records);
  const header = places.map((i) => names[i]!);
  const rows = records.map(({ line, cells, error }): CsvRecord => {
    if (error) return { line, cells, error };
    const wrong = errorOf(withoutBlankEnd(cells), names);
    if (wrong) return { line, cells, error: wrong };
    return { line, cells: places.map((i) => cells[i] ?? '') };
  });
  return { line: head.line, header, rows };
}
