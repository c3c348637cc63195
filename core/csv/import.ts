/** A CSV file as facts and rejected rows with their reasons; nothing is written here (F1, V21). */
import type { Fact } from '../facts/fact.ts';
import type { RowKind } from '../facts/fields.ts';
import { parseRow } from '../facts/parse.ts';
import type { RowContext } from '../facts/row.ts';
import type { Formats } from '../facts/values.ts';
import { columnsOf } from './columns.ts';
import { dateFormatOf } from './dates.ts';
import { type Mapping, parseMapping } from './mapping.ts';
import { canonicalRow } from './row.ts';
import { readTable } from './table.ts';

export type Reject = { line: number; reasons: string[] };
/** `facts` and `lines` go together: each row is one fact or rejected, so rows = facts + rejects. */
export type CsvImport = {
  rows: number;
  facts: Fact[];
  lines: number[];
  rejects: Reject[];
  /** What rows say and their facts do not, since it cannot be read. */
  warnings: Reject[];
  /**
   * How dates were read where neither MAP nor the command line says so, if the file itself does.
   */
  dates: string | undefined;
  /**
   * The address headers that hold full names: whom they mean only the house knows (`withPeople`).
   */
  named: string[];
  /** Whether a column or a constant holds the product, or the kind needs none. */
  statesProduct: boolean;
};

const FULL_NAME = 'full_name';

const namedHeaders = ({ formats }: Mapping): string[] =>
  Object.keys(formats).filter((header) => formats[header] === FULL_NAME);

/**
 * Reads the whole text. `map` is the parsed JSON of MAP.json, undefined for columns that are known
 * by name. Throws `unknown_column`, or `bad_input` for a file or a mapping that cannot be read at
 * all; a bad row only rejects itself.
 */
export function importCsv(
  kind: RowKind,
  text: string,
  map: unknown,
  context: Omit<RowContext, 'origin' | 'formats'>,
): CsvImport {
  const mapping = parseMapping(kind, map);
  const table = readTable(text);
  const columns = columnsOf(kind, table, mapping);
  const named = namedHeaders(mapping);
  const statesProduct =
    kind !== 'purchases' ||
    Object.hasOwn(mapping.constants, 'product') ||
    columns.some(({ headers }) => headers.includes('product'));
  const dates = mapping.formats.dates ? undefined : dateFormatOf(kind, table, columns);
  const rowContext: RowContext = {
    ...context,
    origin: { provider: String(mapping.constants.source ?? 'csv') },
    formats: {
      ...(dates ? { dates } : {}),
      ...(mapping.formats as Formats),
      ...Object.fromEntries(named.map((header) => [header, 'external'])),
    },
  };
  const facts: Fact[] = [];
  const lines: number[] = [];
  const rejects: Reject[] = [];
  const warnings: Reject[] = [];
  for (const { line, cells, error } of table.rows) {
    if (error) {
      rejects.push({ line, reasons: [error] });
      continue;
    }
    const row = canonicalRow(kind, cells, columns, mapping);
    const parsed = parseRow(kind, row, rowContext);
    if ('errors' in parsed) {
      rejects.push({ line, reasons: parsed.errors.map((wrong) => wrong.message) });
      continue;
    }
    facts.push(...parsed.facts);
    lines.push(...parsed.facts.map(() => line));
    if (parsed.warnings.length > 0)
      warnings.push({ line, reasons: parsed.warnings.map((warning) => warning.message) });
  }
  return {
    rows: table.rows.length,
    facts,
    lines,
    rejects,
    warnings,
    dates,
    named,
    statesProduct,
  };
}
