/**
 * A row of a file under our headers: values mapped, columns of one field joined, free columns in
 * `attributes`.
 */
import { isTimeZone } from '../calendar.ts';
import { type Field, fieldsOf, type RowKind } from '../facts/fields.ts';
import type { Column } from './columns.ts';
import type { Mapping } from './mapping.ts';

/** Flags that many files write among the values of the status. */
const STATUS_FLAGS = ['vip', 'unsubscribed'];

/** `Portugal` and `Japan` are names of time zones too, but mean countries here. */
const isZoneCell = (text: string): boolean => /\/|^(utc|gmt)/i.test(text) && isTimeZone(text);

/**
 * The header of a cell: a status may be a flag, and a column may hold both countries and time
 * zones.
 */
function headerOf(header: string, cell: string, { headers }: Column): string | undefined {
  const word = cell.toLowerCase();
  if (header === 'lead_status' && STATUS_FLAGS.includes(word)) return word;
  if (headers.includes('country') && headers.includes('timezone'))
    return isZoneCell(cell) === (header === 'timezone') ? header : undefined;
  return header;
}

/**
 * The options of a list in one cell: separated by semicolons, bars or line breaks, else by commas;
 * quotes keep an option whole.
 */
export function optionsOf(cell: string): string[] {
  const quoted = /"(?:[^"]|"")*"/g;
  const signs = /[;|\n]/.test(cell.replace(quoted, '')) ? ';|\\n' : ',';
  const options = cell.match(new RegExp(`(?:"(?:[^"]|"")*"|[^${signs}])+`, 'g')) ?? [];
  return options.map((option) =>
    option
      .trim()
      .replace(/^"((?:[^"]|"")*)"$/, (_, inside: string) => inside.replaceAll('""', '"')),
  );
}

function joined(header: string, { type }: Field, values: string[]): unknown {
  if (type === 'list' || type === 'codes') return values.flatMap(optionsOf);
  if (values.length === 1) return values[0];
  if (type === 'email' || type === 'phone') return [...new Set(values)];
  return values.join(header === 'full_name' ? ' ' : '\n');
}

/** `cells` has one per column. MAP's constants fill fields that the row leaves blank. */
export function canonicalRow(
  kind: RowKind,
  cells: string[],
  columns: Column[],
  { constants, values }: Mapping,
): Record<string, unknown> {
  const stated = new Map<string, string[]>();
  const flags = new Set<string>();
  const attributes = new Map<string, string>();
  for (const column of columns) {
    const cell = cells[column.place]!.trim();
    for (const header of column.headers) {
      if (header === 'ignore') continue;
      if (header === 'attributes') {
        if (cell) attributes.set(column.name, cells[column.place]!);
        continue;
      }
      const mapped = values[header] && Object.hasOwn(values[header], cell);
      const value = mapped ? String(values[header]![cell]) : cell;
      const target = headerOf(header, value, column);
      if (value === '' || target === undefined) continue;
      if (column.isFallback && header === 'full_name' && hasWhole(columns, cells)) continue;
      if (target === header) stated.set(header, [...(stated.get(header) ?? []), value]);
      else flags.add(target);
    }
  }
  const row: Record<string, unknown> = { ...constants };
  if (kind !== 'calls') delete row.source;
  for (const [header, parts] of stated)
    row[header] = joined(header, fieldsOf[kind][header]!, parts);
  for (const flag of flags) row[flag] = 'yes';
  if (attributes.size > 0) row.attributes = Object.fromEntries(attributes);
  return row;
}

const hasWhole = (columns: Column[], cells: string[]): boolean =>
  columns.some(
    ({ headers, isFallback, place }) =>
      !isFallback && headers.includes('full_name') && cells[place]!.trim() !== '',
  );
