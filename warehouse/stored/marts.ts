/** The rows of house-wide marts as the house keeps them: JSON arrays, in parts (decision 17). */

import { type Given, render } from '../../sql/render.ts';
import { marts, views } from '../../sql/views/index.ts';
import { storedRows } from './views.ts';

/** A part is read whole: it ends after so many rows, or so many bytes. D1 takes 2 MB for a row. */
const ROWS_PER_PART = 500;
const BYTES_PER_PART = 500_000;

/** What a refresh keeps, each after what it reads: some views, then the marts. */
type Kept = { name: string; columns: readonly string[] };
const kept: Kept[] = [
  ...views.flatMap(({ name, storedColumns: columns }) => (columns ? [{ name, columns }] : [])),
  ...marts
    .filter(({ isStored }) => isStored)
    .map(({ name, contract }) => ({ name, columns: contract.columns.map((each) => each.name) })),
];

/** SQLite writes floats with 17 digits, so that what is read is what was written. */
function insertKept({ name, columns }: Kept, refresh_id: number): string {
  const cells = `json_array(${columns.join(', ')})`;
  return `
    insert into stored_marts (refresh_id, mart, part, rows)
    select ${refresh_id}, '${name}', min(place), json_group_array(${cells})
    from (
      select *, row_number() over before as place, sum(octet_length(${cells})) over before as bytes
      from ${name}
      window before as (rows unbounded preceding)
    )
    group by place / ${ROWS_PER_PART}, bytes / ${BYTES_PER_PART}`;
}

export type MartInsert = { name: string; sql: string };

/** One statement for each that is kept, in order; nothing travels through the Worker. */
export const martInserts = (refresh_id: number, as_of: number): MartInsert[] =>
  kept.map((each, place) => ({
    name: each.name,
    sql: render(insertKept(each, refresh_id), { as_of, given: given(refresh_id, place) }),
  }));

/** The same, to be run one after the other. */
export const insertMarts = (
  db: D1Database,
  { refresh_id, as_of }: { refresh_id: number; as_of: number },
): D1PreparedStatement[] => martInserts(refresh_id, as_of).map(({ sql }) => db.prepare(sql));

function rowsOf({ name, columns }: Kept, refresh_id: number | string): string {
  const cells = columns.map((column, i) => `value ->> ${i} as ${column}`);
  return `select ${cells.join(', ')} from stored_marts, json_each(rows)
    where refresh_id = ${refresh_id} and mart = '${name}'`;
}

/** Stored rows, and of the first `count` that are kept the rows of one refresh. */
const given = (refresh_id: number | string, count: number): Given =>
  new Map([
    ...storedRows,
    ...kept.slice(0, count).map((each) => [each.name, rowsOf(each, refresh_id)] as const),
  ]);

/**
 * What `render` takes as `given` to read all that is stored: of the marts the rows of one refresh.
 * `refresh_id` may be a subquery.
 */
export const storedMarts = (refresh_id: number | string): Given => given(refresh_id, kept.length);
