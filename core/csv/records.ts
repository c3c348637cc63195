/** The records of a CSV text, each with the line on which it ends. */
import { parse } from 'csv-parse/sync';
import { Fault } from '../faults.ts';

export type CsvRecord = { record: string[]; info: { lines: number } };

const DELIMITERS = [',', ';', '\t', '|'];

const records = (text: string, options: { delimiter: string; to?: number }): CsvRecord[] =>
  parse(text, {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    ...options,
  }) as unknown as CsvRecord[];

/** All records, the header first; a leading BOM and empty lines are passed over. Throws `bad_input` for quotes that do not end. */
export function readRecords(text: string, delimiter = ','): CsvRecord[] {
  try {
    return records(text, { delimiter });
  } catch (error) {
    throw new Fault('bad_input', `the file is no CSV: ${(error as Error).message}`);
  }
}

/** The delimiter that cuts the header into the most columns, of comma, semicolon, tab and bar; comma where none does. */
export function detectDelimiter(text: string): string {
  const columns = DELIMITERS.map((delimiter) => {
    try {
      return records(text, { delimiter, to: 1 })[0]?.record.length ?? 0;
    } catch {
      return 0; // quotes that make no sense under this delimiter
    }
  });
  return DELIMITERS[columns.indexOf(Math.max(...columns))]!;
}
