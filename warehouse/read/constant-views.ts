/** Views of a few rows about everyone, read once for all slices of a mart. */
import { relation, sqlLiteral } from '../../core/relation.ts';
import type { Cell } from '../../sql/cell.ts';
import { dependencies, render } from '../../sql/render.ts';
import { views } from '../../sql/views/index.ts';

const shared = new Set(
  views.filter(({ isSharedBySlices }) => isSharedBySlices).map(({ name }) => name),
);

/** Rows as a relation of constants. */
function relationOf(columns: string[], rows: Cell[][]): string {
  const row = (values: Cell[]) =>
    values.map((value, i) => `${sqlLiteral(value)} as ${columns[i]}`).join(', ');
  return rows.length > 0
    ? relation(rows.map(row))
    : `select ${row(columns.map(() => null))} where false`;
}

/**
 * The rows, as of `as_of` (UTC ms), of the views that `select` reads and that are marked
 * `isSharedBySlices`: what `render` takes as `given`.
 */
export async function constantViews(
  db: D1Database,
  select: string,
  as_of: number,
): Promise<Map<string, string>> {
  const constants = new Map<string, string>();
  for (const view of dependencies(select).filter((name) => shared.has(name))) {
    const query = db.prepare(render(`select * from ${view}`, { as_of }));
    const [columns, ...rows] = await query.raw<Cell[]>({ columnNames: true });
    constants.set(view, relationOf(columns as string[], rows));
  }
  return constants;
}
