/** The rows of house-wide marts as the house keeps them: JSON arrays, in parts (decision 17). */

import type { Mart } from '../../sql/mart.ts';
import { type Binding, render } from '../../sql/render.ts';
import { marts } from '../../sql/views/index.ts';

/** D1 takes 2 MB for a row of a table; a row of a mart has some hundred bytes. */
const ROWS_PER_PART = 500;

const stored = marts.filter(({ isStored }) => isStored);

/** SQLite writes floats with 17 digits, so that what is read is what was written. */
function insertMart({ name, contract }: Mart, refresh_id: number, as_of: number): string {
  const columns = contract.columns.map((column) => column.name).join(', ');
  const select = `
    insert into stored_marts (refresh_id, mart, part, rows)
    select ${refresh_id}, '${name}', part, json_group_array(json(cells))
    from (
      select json_array(${columns}) as cells, row_number() over () / ${ROWS_PER_PART} as part
      from ${name}
    )
    group by part`;
  return render(select, { as_of });
}

/** One statement for each mart that is stored; nothing travels through the Worker. */
export const insertMarts = (
  db: D1Database,
  { refresh_id, as_of }: { refresh_id: number; as_of: number },
): D1PreparedStatement[] => stored.map((mart) => db.prepare(insertMart(mart, refresh_id, as_of)));

/**
 * What `render` reads in place of the marts that are stored: the rows of one refresh. `refresh_id`
 * may be a subquery.
 */
export const storedMarts = (refresh_id: number | string): Binding['given'] =>
  new Map(
    stored.map(({ name, contract }) => {
      const cells = contract.columns.map((column, i) => `value ->> ${i} as ${column.name}`);
      const rows = `from stored_marts, json_each(rows)
        where refresh_id = ${refresh_id} and mart = '${name}'`;
      return [name, `select ${cells.join(', ')} ${rows}`];
    }),
  );
