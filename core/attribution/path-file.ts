/**
 * Reads a CSV file of path counts: one row per path, with how many converted, their value, and how
 * many did not.
 */
import type { CsvRecord } from '../csv/records.ts';
import { isTotalLabel, readTable, TOTAL_ROW } from '../csv/table.ts';
import { Fault } from '../faults.ts';
import type { DecimalMark } from '../number.ts';
import type { Path } from './path.ts';
import { channelsIn, separatorOf } from './path-channels.ts';
import { isPathHeader, type PathColumns, type PathPlaces, pathPlaces } from './path-columns.ts';
import {
  isOnlyFraction,
  mayBeThousands,
  type Reading,
  readAmount,
  readCount,
} from './path-numbers.ts';
import { chosenRows, type Only } from './path-rows.ts';

/** How the file is written, which rows to take, and columns whose values are never added up. */
export type PathReading = {
  separator?: string;
  decimal?: DecimalMark;
  only?: Only[];
  neverAdded?: string[];
};

/** `notes`: what was skipped, for the person who reads the result. */
export type PathFile = { paths: Path[]; has_value: boolean; has_null: boolean; notes: string[] };

type Counts = Omit<Path, 'channels'>;

const ERRORS_SHOWN = 10;

function refuse(errors: string[]): void {
  if (errors.length === 0) return;
  const more = errors.length > ERRORS_SHOWN ? [`… and ${errors.length - ERRORS_SHOWN} more`] : [];
  throw new Fault('bad_input', [...errors.slice(0, ERRORS_SHOWN), ...more].join('\n'));
}

/**
 * `1.234` may be a fraction or thousands: without `decimal`, it is a fraction only if another
 * number must be one.
 */
function unclearMark(
  records: CsvRecord[],
  header: string[],
  { conversions, value, null: none }: PathPlaces,
  decimal: DecimalMark | undefined,
): string[] {
  if (decimal !== undefined) return [];
  const places = [conversions, value, none].filter((place) => place >= 0);
  if (records.some(({ cells }) => places.some((place) => isOnlyFraction(cells[place]!)))) return [];
  return records.flatMap(({ line, cells }) =>
    places
      .filter((place) => mayBeThousands(cells[place]!))
      .map(
        (place) =>
          `line ${line}, column ${header[place]}: '${cells[place]}' may be a fraction ` +
          'or thousands; use --decimal . or --decimal ,',
      ),
  );
}

/**
 * The counts of each record. Throws `bad_input`, with line and column, for anything that is not a
 * number.
 */
function countsOf(
  records: CsvRecord[],
  header: string[],
  places: PathPlaces,
  decimal: DecimalMark | undefined,
): Counts[] {
  const errors: string[] = [];
  refuse(unclearMark(records, header, places, decimal));
  const units = new Map<string, number>();
  const read = (
    { line, cells }: CsvRecord,
    place: number,
    reader: (cell: string, mark: DecimalMark) => Reading,
  ): number => {
    if (place < 0) return 0;
    const found = reader(cells[place]!, decimal ?? '.');
    if ('error' in found) errors.push(`line ${line}, column ${header[place]}: ${found.error}`);
    else if (found.unit !== undefined && !units.has(found.unit)) units.set(found.unit, line);
    return 'error' in found ? 0 : found.number;
  };
  const counts = records.map((record) => ({
    conversions: read(record, places.conversions, readCount),
    value: read(record, places.value, readAmount),
    non_conversions: read(record, places.null, readCount),
  }));
  refuse(errors);
  if (units.size > 1) {
    const named = [...units].map(([unit, line]) => `${unit} (line ${line})`).join(' and ');
    refuse([`column ${header[places.value]} is in ${named}, which are never added up`]);
  }
  return counts;
}

/** Sums of decimals may differ in their last digits. */
const isNear = (one: number, other: number): boolean =>
  Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(one), Math.abs(other));

const isSumOf = (total: Counts, counts: Counts[]): boolean =>
  (['conversions', 'value', 'non_conversions'] as const).every((name) =>
    isNear(
      total[name],
      counts.reduce((sum, row) => sum + row[name], 0),
    ),
  );

/**
 * A report's total line is not a path: it is skipped if it is the sum of the others, else refused.
 * A line without a path that equals all the others together is refused too, since it may be a
 * total.
 */
function refuseTotals(records: CsvRecord[], counts: Counts[], places: PathPlaces): number[] {
  const isTotal = (i: number) =>
    isTotalLabel(records[i]!.cells[places.path]!) || records[i]!.error === TOTAL_ROW;
  const paths = counts.filter((_, i) => !isTotal(i));
  return records.flatMap(({ line, cells }, i) => {
    if (isTotal(i)) {
      if (isSumOf(counts[i]!, paths)) return [i];
      throw new Fault(
        'bad_input',
        `line ${line} looks like a total, but is not the sum of the paths; delete it`,
      );
    }
    const others = paths.filter((row) => row !== counts[i]);
    if (cells[places.path]!.trim() !== '' || others.length < 2) return [];
    if (counts[i]!.conversions === 0 || !isSumOf(counts[i]!, others)) return [];
    throw new Fault(
      'bad_input',
      `line ${line} has no path, and equals all the others together; ` +
        'delete it if it is their total, else set its path to unattributed',
    );
  });
}

/**
 * Reads the whole text: any of four delimiters or the one given in the first line, quotes, titles
 * above the header, a total line. Throws `unknown_column`, listing the file's columns, or
 * `bad_input` with lines and columns.
 */
export function readPathFile(
  text: string,
  columns: PathColumns,
  { separator, decimal, only = [], neverAdded = [] }: PathReading = {},
): PathFile {
  const table = readTable([text], { isHeader: isPathHeader(columns), mayBeUnnamed: true });
  const { line, titles, header } = table;
  const rows = [...table.rows];
  const places = pathPlaces(header, columns);
  if (rows.length === 0) throw new Fault('bad_input', 'the file has a header but no paths');
  refuse(
    rows.flatMap((row) =>
      row.error && row.error !== TOTAL_ROW ? [`line ${row.line}: ${row.error}`] : [],
    ),
  );
  const chosen = only.length > 0 ? rows.filter(({ error }) => !error) : rows;
  const records = chosenRows(header, chosen, only, neverAdded);
  const counts = countsOf(records, header, places, decimal);
  const totals = refuseTotals(records, counts, places);
  const written = records.map(({ cells }) => cells[places.path]!);
  const isPath = (_: unknown, i: number) => !totals.includes(i);
  const between = separatorOf(written.filter(isPath), separator);
  const paths = written.map((path, i) => ({ channels: channelsIn(path, between), ...counts[i]! }));
  return {
    paths: paths.filter(isPath),
    has_value: places.value >= 0,
    has_null: places.null >= 0,
    notes: [
      ...(titles > 0 ? [`The header is line ${line}; the lines above it are skipped.`] : []),
      ...totals.map((i) => `Line ${records[i]!.line} is the total of the others, not a path.`),
    ],
  };
}
