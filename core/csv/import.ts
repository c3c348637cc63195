/**
 * A CSV file as facts, or the reasons why a row is none; nothing is written here, and no row is
 * kept (F1, V21).
 */
import type { Fact } from '../facts/fact.ts';
import type { RowKind } from '../facts/fields.ts';
import { parseRow } from '../facts/parse.ts';
import type { RowContext } from '../facts/row.ts';
import type { Formats } from '../facts/values.ts';
import { columnsOf } from './columns.ts';
import { dateFormats } from './dates.ts';
import { type Mapping, parseMapping } from './mapping.ts';
import type { CsvRecord, Pieces } from './records.ts';
import { canonicalRow } from './row.ts';
import { readTable } from './table.ts';

/** A row as its fact, with what it says and the fact does not, or why it is rejected. */
export type ReadRow = { line: number } & (
  | { fact: Fact; warnings: string[] }
  | { reasons: string[] }
);

/** What the file as a whole says, and its rows. */
export type CsvFile = {
  rows: number;
  /**
   * How dates were read where neither MAP nor the command line says so, if the file itself does.
   */
  dates: string | undefined;
  /** The names of its columns, in order. */
  header: string[];
  /** The address headers that hold full names: whom they mean only the house knows (F1). */
  named: string[];
  /** Whether a column or a constant holds the product, or the kind needs none. */
  statesProduct: boolean;
  /** Reads every row once, in order. */
  read(): Iterable<ReadRow>;
  /** The rows as they are written. */
  records: Iterable<CsvRecord>;
};

const FULL_NAME = 'full_name';

const namedHeaders = ({ formats }: Mapping): string[] =>
  Object.keys(formats).filter((header) => formats[header] === FULL_NAME);

/**
 * Looks through the whole text, which comes in `pieces` and is read several times. `map` is the
 * parsed JSON of MAP.json, undefined for columns that are known by name; `usualDates` is how such
 * files write dates where this one does not say. Throws `unknown_column`,
 * or `bad_input` for a file or a mapping that cannot be read at all; a bad row only rejects itself.
 */
export function openCsv(
  kind: RowKind,
  pieces: Pieces,
  map: unknown,
  context: Omit<RowContext, 'origin' | 'formats'>,
  usualDates?: string,
): CsvFile {
  const mapping = parseMapping(kind, map);
  const table = readTable(pieces);
  const columns = columnsOf(kind, table, mapping);
  const formats = dateFormats(kind, columns);
  let rows = 0;
  for (const { cells, error } of table.rows) {
    rows++;
    if (!error) formats.look(cells);
  }
  const named = namedHeaders(mapping);
  const dates = mapping.formats.dates ? undefined : (formats.certain() ?? usualDates);
  const rowContext: RowContext = {
    ...context,
    origin: { provider: String(mapping.constants.source ?? 'csv') },
    formats: {
      ...(dates ? { dates } : {}),
      ...(mapping.formats as Formats),
      ...Object.fromEntries(named.map((header) => [header, 'external'])),
    },
  };
  const readRow = ({ line, cells, error }: CsvRecord): ReadRow => {
    if (error) return { line, reasons: [error] };
    const parsed = parseRow(kind, canonicalRow(kind, cells, columns, mapping), rowContext);
    if ('errors' in parsed) return { line, reasons: parsed.errors.map(({ message }) => message) };
    const warnings = parsed.warnings.map(({ message }) => message);
    return { line, fact: parsed.facts[0]!, warnings };
  };
  return {
    rows,
    header: table.header,
    dates,
    named,
    statesProduct:
      kind !== 'purchases' ||
      Object.hasOwn(mapping.constants, 'product') ||
      columns.some(({ headers }) => headers.includes('product')),
    records: table.rows,
    *read() {
      for (const record of table.rows) yield readRow(record);
    },
  };
}
