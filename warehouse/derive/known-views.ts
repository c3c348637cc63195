/** What the slices of a night need to know of everyone, asked once for all of them. */
import { relation, sqlLiteral } from '../../core/relation.ts';
import { dependencies, render } from '../../sql/render.ts';
import { views } from '../../sql/views/index.ts';

const askedOnce = new Set(views.filter(({ isAskedOnce }) => isAskedOnce).map(({ name }) => name));

type Value = string | number | null;

/** Rows as a relation of constants. */
function constants(columns: string[], rows: Value[][]): string {
  const row = (values: Value[]) =>
    values.map((value, i) => `${sqlLiteral(value)} as ${columns[i]}`).join(', ');
  return rows.length > 0
    ? relation(rows.map(row))
    : `select ${row(columns.map(() => null))} where false`;
}

/** The rows, as of `as_of` (UTC ms), of those views among `select`’s that are asked once: what `render` takes as `known`. */
export async function knownViews(
  db: D1Database,
  select: string,
  as_of: number,
): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const view of dependencies(select).filter((name) => askedOnce.has(name))) {
    const query = db.prepare(render(`select * from ${view}`, { as_of }));
    const [columns, ...rows] = await query.raw<Value[]>({ columnNames: true });
    known.set(view, constants(columns as string[], rows));
  }
  return known;
}
