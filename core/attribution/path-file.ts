/** A CSV file of path counts as paths: one row per path, with how many converted, what that brought, and how many did not. */
import { type CsvRecord, readRecords } from '../csv/records.ts';
import { Fault } from '../faults.ts';
import { type Path, UNATTRIBUTED } from './path.ts';
import { chosenRows, type Only } from './path-rows.ts';

/** Column names as the caller states them; undefined looks for a usual one. */
export type PathColumns = { path?: string; conversions?: string; value?: string; null?: string };

/** How the file is written, which of its rows are asked for, and columns whose values are never added up. */
export type PathReading = {
  separator?: string;
  decimal?: '.' | ',';
  only?: Only[];
  neverAdded?: string[];
};

export type PathFile = { paths: Path[]; has_value: boolean; has_null: boolean };

/** The usual names, in any case; the last of each is that of the mart attribution_paths. */
const USUAL: Record<keyof PathColumns, string[]> = {
  path: ['path'],
  conversions: ['total_conversions', 'conversions', 'converting'],
  value: ['total_conversion_value', 'value', 'revenue'],
  null: ['total_null', 'null', 'non_converting'],
};
const NEEDED: (keyof PathColumns)[] = ['path', 'conversions'];

/** Nobody writes spaces around it in every file, so channels are trimmed and the bare sign is enough. */
const USUAL_SEPARATOR = '>';
const ERRORS_SHOWN = 10;
/** Up to here numbers are exact, and sums of them cannot overflow. */
const LARGEST = 2 ** 53;

function placesOf(header: string[], columns: PathColumns): Record<keyof PathColumns, number> {
  const there = `the file has: ${header.join(', ')}`;
  const placeOf = (what: keyof PathColumns): number => {
    const stated = columns[what];
    const names = stated === undefined ? USUAL[what] : [stated];
    const found = stated === undefined ? header.map((name) => name.toLowerCase()) : header;
    const name = names.find((candidate) => found.includes(candidate));
    if (name === undefined) {
      if (stated === undefined && !NEEDED.includes(what)) return -1;
      throw new Fault(
        'unknown_column',
        `no column ${names.join(' or ')}; ${there}. Name it with --${what}-column.`,
        {
          columns: header,
        },
      );
    }
    if (found.indexOf(name) !== found.lastIndexOf(name))
      throw new Fault('bad_input', `the column ${name} stands twice; ${there}`);
    return found.indexOf(name);
  };
  return {
    path: placeOf('path'),
    conversions: placeOf('conversions'),
    value: placeOf('value'),
    null: placeOf('null'),
  };
}

/** A number as programs write it; undefined for anything else, a blank included. */
function numberOf(cell: string, decimal: '.' | ','): number | undefined {
  const plain = decimal === ',' ? cell.trim().replace(',', '.') : cell.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}

/** What to do about a cell that is no number. */
function wrongNumber(cell: string, decimal: '.' | ','): string {
  if (cell.trim() === '') return 'is blank; write 0 where there is none';
  const hint = /^[+-]?\d{1,3}([.,]\d{3})+([.,]\d+)?$/.test(cell.trim())
    ? '; write it without signs between thousands'
    : decimal === '.' && cell.includes(',')
      ? '; for decimal commas say --decimal ,'
      : '';
  return `'${cell}' is no number${hint}`;
}

function refuse(errors: string[]): void {
  if (errors.length === 0) return;
  const more = errors.length > ERRORS_SHOWN ? [`… and ${errors.length - ERRORS_SHOWN} more`] : [];
  throw new Fault('bad_input', [...errors.slice(0, ERRORS_SHOWN), ...more].join('\n'));
}

/**
 * Reads the whole text; a leading BOM, quotes, any of four delimiters and one that the first line states are understood. `separator`
 * stands between channels, which are trimmed; blank ones are passed over, and 'unattributed', which says that there was none. Throws
 * `unknown_column` naming the columns there are, or `bad_input` naming lines and columns.
 */
export function readPathFile(
  text: string,
  columns: PathColumns,
  { separator = USUAL_SEPARATOR, decimal = '.', only = [], neverAdded = [] }: PathReading = {},
): PathFile {
  const [head, ...records] = readRecords(text);
  if (!head) throw new Fault('bad_input', 'the file is empty');
  const header = head.cells.map((name) => name.trim());
  const places = placesOf(header, columns);
  if (records.length === 0) throw new Fault('bad_input', 'the file has a header and no paths');
  refuse(
    records.flatMap(({ line, cells, error }) =>
      error
        ? [`line ${line}: ${error}`]
        : cells.length === header.length
          ? []
          : [`line ${line}: has ${cells.length} cells where the header has ${header.length}`],
    ),
  );
  const errors: string[] = [];
  const chosen = chosenRows(header, records, only, neverAdded);
  const paths = chosen.map((record) => pathOf(record, header, places, separator, decimal, errors));
  refuse(errors);
  refuseOtherSeparator(paths, separator);
  return { paths, has_value: places.value >= 0, has_null: places.null >= 0 };
}

function pathOf(
  { line, cells }: CsvRecord,
  header: string[],
  places: Record<keyof PathColumns, number>,
  separator: string,
  decimal: '.' | ',',
  errors: string[],
): Path {
  const read = (place: number, isCount: boolean): number => {
    if (place < 0) return 0;
    const cell = cells[place]!;
    const number = numberOf(cell, decimal);
    const where = `line ${line}, column ${header[place]}`;
    if (number === undefined) errors.push(`${where}: ${wrongNumber(cell, decimal)}`);
    else if (Math.abs(number) > LARGEST)
      errors.push(`${where}: ${cell} is beyond 2^53 (${LARGEST}), up to which numbers are exact`);
    else if (isCount && number < 0) errors.push(`${where}: ${cell} is negative; a count is not`);
    return number ?? 0;
  };
  return {
    channels: cells[places.path]!.split(separator)
      .map((channel) => channel.trim())
      .filter((channel) => channel !== '' && channel !== UNATTRIBUTED),
    conversions: read(places.conversions, true),
    value: read(places.value, false),
    non_conversions: read(places.null, true),
  };
}

/** A separator that cuts nothing, where its bare sign would, is a mistake: every path would be a channel of its own. */
function refuseOtherSeparator(paths: Path[], separator: string): void {
  const bare = separator.trim();
  if (bare === separator || bare === '' || paths.some(({ channels }) => channels.length > 1))
    return;
  const wrong = paths.filter(({ channels }) => channels[0]?.includes(bare)).length;
  if (wrong > 0)
    throw new Fault(
      'bad_input',
      `no path has '${separator}', but ${wrong} have '${bare}'; say --separator '${bare}'`,
    );
}

/** What may stand between channels where the usual sign cuts no path, or cuts an arrow's head off; undefined where nothing looks so. */
export function likelySeparator(paths: Path[]): string | undefined {
  const channels = paths.flatMap((path) => path.channels);
  const arrow = ['-', '='].find((shaft) => channels.some((channel) => channel.endsWith(shaft)));
  if (arrow) return `${arrow}>`;
  if (paths.some((path) => path.channels.length > 1)) return undefined;
  return ['|', '→', '»'].find((sign) => channels.some((channel) => channel.includes(sign)));
}
