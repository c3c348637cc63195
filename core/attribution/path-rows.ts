/** Selects the rows of a path file to credit together: those asked for, and never of two kinds. */
import type { CsvRecord } from '../csv/records.ts';
import { Fault } from '../faults.ts';

/** Selects rows by the value of a column. */
export type Only = { column: string; value: string };

const VALUES_SHOWN = 20;

const cellOf = ({ cells }: CsvRecord, place: number): string => cells[place]!.trim();

/** The distinct values of a column, in order of first appearance. */
const valuesOf = (records: CsvRecord[], place: number): string[] => [
  ...new Set(records.map((record) => cellOf(record, place))),
];

const listed = (values: string[]): string =>
  [
    ...values.slice(0, VALUES_SHOWN).map((value) => value || '(blank)'),
    ...(values.length > VALUES_SHOWN ? ['…'] : []),
  ].join(', ');

function asked(header: string[], records: CsvRecord[], only: Only[]): CsvRecord[] {
  for (const { column, value } of only) {
    const place = header.indexOf(column);
    if (place < 0)
      throw new Fault('unknown_column', `no column ${column}; the file has: ${header.join(', ')}`, {
        columns: header,
      });
    if (!records.some((record) => cellOf(record, place) === value))
      throw new Fault(
        'bad_input',
        `no row has the ${column} ${value}; the file has ${listed(valuesOf(records, place))}`,
      );
  }
  const columns = Map.groupBy(only, ({ column }) => header.indexOf(column));
  const rows = records.filter((record) =>
    [...columns].every(([place, wanted]) =>
      wanted.some(({ value }) => cellOf(record, place) === value),
    ),
  );
  if (rows.length > 0) return rows;
  const all = only.map(({ column, value }) => `${column}=${value}`).join(', ');
  throw new Fault('bad_input', `no row has all of ${all}`);
}

/**
 * The records that have, in each column of `only`, one of the values asked for. Throws
 * `unknown_column`, listing the file's columns, and `bad_input` if no record is left, or if those
 * left differ in a column of `neverAdded`.
 */
export function chosenRows(
  header: string[],
  records: CsvRecord[],
  only: Only[],
  neverAdded: string[],
): CsvRecord[] {
  const rows = asked(header, records, only);
  for (const [place, column] of header.entries()) {
    if (!neverAdded.includes(column.toLowerCase())) continue;
    const values = valuesOf(rows, place);
    if (values.length > 1)
      throw new Fault(
        'bad_input',
        `rows of different ${column} are never added up, and the file has ${listed(values)}; ` +
          `choose one with --only='${column}=${values.find(Boolean)}'`,
      );
  }
  return rows;
}
