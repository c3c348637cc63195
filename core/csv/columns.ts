/** Maps each column of a file to headers, by MAP.json or else by its name. */
import { type Field, fieldsOf, type RowKind } from '../facts/fields.ts';
import { Fault } from '../faults.ts';
import type { Mapping } from './mapping.ts';
import { knownNames, nameKey, namePartOf } from './names.ts';
import { proposalOf } from './proposal.ts';
import { first, type Table } from './table.ts';

/**
 * `place`: index of its cells in a row. `isFallback`: part of a name, used only if the row has no
 * whole name.
 */
export type Column = { name: string; place: number; headers: string[]; isFallback: boolean };

const HEADER_SAMPLE = 20;

/** Whether several columns may fill one field, with their values joined. */
export const joins = (header: string, { type }: Field): boolean =>
  ['list', 'codes', 'email', 'phone'].includes(type) ||
  ['full_name', 'notes', 'summary'].includes(header);

function mappedHeaders(name: string, { columns }: Mapping): string[] | undefined {
  if (Object.hasOwn(columns, name)) return [columns[name]!].flat();
  const key = nameKey(name);
  const near = Object.keys(columns).find((column) => nameKey(column) === key);
  return near === undefined ? undefined : [columns[near]!].flat();
}

/**
 * The columns in the order in which values are joined: parts of a name from first to last.
 */
function inOrder(columns: Column[]): Column[] {
  const order = (column: Column): number =>
    column.headers.includes('full_name') ? (namePartOf(column.name) ?? 1) : 1;
  return columns.toSorted((a, b) => order(a) - order(b));
}

function refuseDoubles(kind: RowKind, columns: Column[]): void {
  const claimed = Map.groupBy(
    columns.flatMap(({ name, headers }) => headers.map((header) => ({ name, header }))),
    ({ header }) => header,
  );
  const doubles = [...claimed].filter(([header, claims]) => {
    const field = Object.hasOwn(fieldsOf[kind], header) ? fieldsOf[kind][header] : undefined;
    if (header === 'attributes')
      return new Set(claims.map(({ name }) => name)).size < claims.length;
    return claims.length > 1 && field && !joins(header, field);
  });
  if (doubles.length === 0) return;
  const lines = doubles.map(
    ([header, claims]) =>
      `${header} is stated by ${claims.map(({ name }) => `"${name}"`).join(' and ')}`,
  );
  throw new Fault(
    'bad_input',
    `${lines.join('\n')}\nNothing was written. Say "ignore" in MAP.json for all but one of them.`,
  );
}

/** Refuses a report's title, or a preamble, above the header. */
function refusePreamble({ line, header, rows }: Table, isKnown: (name: string) => boolean): void {
  const count = (cells: string[]) => cells.filter((cell) => isKnown(cell.trim())).length;
  const sample = first(HEADER_SAMPLE, rows);
  const better = sample.find(({ cells }) => count(cells) > count(header));
  const wider = sample.filter(({ cells }) => cells.length > header.length);
  const likely = better ?? (wider.length > sample.length / 2 ? wider[0] : undefined);
  if (!likely) return;
  const cells = likely.cells.map((cell) => cell.trim()).filter(Boolean);
  const own = header.length === 1 ? '1 cell' : `${header.length} cells`;
  const others = `${cells.length} (${cells.join(', ').slice(0, 200)})`;
  throw new Fault(
    'bad_input',
    `line ${line} is not a header: it has ${own}, and line ${likely.line} has ${others}. ` +
      'Delete the lines above the header.',
  );
}

/**
 * The columns of the table. Throws `unknown_column` with a proposed MAP in its details, and
 * `bad_input` if two columns claim one field, or if the first line is not a header.
 */
export function columnsOf(kind: RowKind, table: Table, map: Mapping): Column[] {
  const { header } = table;
  const names = knownNames(kind);
  const headersOf = (name: string) => mappedHeaders(name, map) ?? names.get(nameKey(name));
  const unknown = header.filter((name) => !headersOf(name));
  if (unknown.length > 0) {
    refusePreamble(table, (name) => name !== '' && headersOf(name) !== undefined);
    throw proposalOf(kind, table, map, unknown, (name) => headersOf(name) ?? []);
  }
  const hasWhole = header.some(
    (name) => headersOf(name)!.includes('full_name') && namePartOf(name) === undefined,
  );
  const columns = header.map((name, place) => ({
    name,
    place,
    headers: headersOf(name)!,
    isFallback: hasWhole && !mappedHeaders(name, map) && namePartOf(name) !== undefined,
  }));
  refuseDoubles(kind, columns);
  return inOrder(columns);
}
