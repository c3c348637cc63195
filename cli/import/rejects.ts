/**
 * The rejected rows of a file as a file of their own, each with its reasons: corrected, it is
 * imported as it is.
 */
import type { CsvFile } from '../../core/csv/import.ts';
import type { CsvRecord } from '../../core/csv/records.ts';
import { REASON_COLUMN } from '../../core/facts/aliases.ts';
import { writeOwn } from '../written-files.ts';
import type { Scratch } from './scratch.ts';

export const rejectsFileOf = (file: string): string => `${file}.rejected.csv`;

/** So that spreadsheets read it as UTF-8. */
const MARK = '\ufeff';

const written = (cell: string): string =>
  /["\r\n,]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const lineOf = (cells: readonly string[]): string => `${cells.map(written).join(',')}\n`;

/** A row has a cell per column; one with more keeps those beyond in its last cell. */
function fitted({ cells }: CsvRecord, width: number): string[] {
  if (cells.length > width) return [...cells.slice(0, width - 1), cells.slice(width - 1).join()];
  return [...cells, ...Array<string>(width - cells.length).fill('')];
}

function* linesOf({ header, records }: CsvFile, { rejects }: Scratch): Generator<string> {
  const columns = header.filter((name) => name !== REASON_COLUMN);
  const places = columns.map((name) => header.indexOf(name));
  yield MARK + lineOf([...columns, REASON_COLUMN]);
  for (const record of records) {
    const reasons = rejects.of(record.line);
    if (reasons === undefined) continue;
    const cells = fitted(record, header.length);
    yield lineOf([...places.map((place) => cells[place]!), reasons.join('; ')]);
  }
}

/** Writes it beside the file, and gives its path; null if no row was rejected. */
export function keepRejects(file: string, csv: CsvFile, scratch: Scratch): string | null {
  if (scratch.rejects.count === 0) return null;
  const path = rejectsFileOf(file);
  writeOwn(path, { [Symbol.iterator]: () => linesOf(csv, scratch) });
  return path;
}
