/** The rows of house-wide marts as the house keeps them: JSON arrays, in parts (decision 17). */

import { type Given, render } from '../../sql/render.ts';
import { marts, views } from '../../sql/views/index.ts';
import { storedRows } from './views.ts';

/** D1 takes 2 MB for a row of a table; a row of a mart has some hundred bytes. */
const ROWS_PER_PART = 500;

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
  return `
    insert into stored_marts (refresh_id, mart, part, rows)
    select ${refresh_id}, '${name}', part, json_group_array(json_array(${columns.join(', ')}))
    from (select *, row_number() over () / ${ROWS_PER_PART} as part from ${name})
    group by part`;
}

export type MartInsert = { name: string; sql: string };

/** One statement for each that is kept, in order; nothing travels through the Worker. */
export function martInserts(refresh_id: number, as_of: number): MartInsert[] {
  const before = new Map(storedRows);
  return kept.map((each) => {
    const sql = render(insertKept(each, refresh_id), { as_of, given: before });
    before.set(each.name, rowsOf(each, refresh_id));
    return { name: each.name, sql };
  });
}

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

/**
 * What `render` takes as `given` to read all that is stored: of the marts the rows of one refresh.
 * `refresh_id` may be a subquery.
 */
export const storedMarts = (refresh_id: number | string): Given =>
  new Map([...storedRows, ...kept.map((each) => [each.name, rowsOf(each, refresh_id)] as const)]);
