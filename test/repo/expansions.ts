/**
 * How large a query SQLite makes of a view: it plans a view again each time that it is named, also
 * through others.
 */
import { partsOf } from '../../sql/ctes.ts';
import { views } from '../../sql/views/index.ts';

/** D1 ran out of memory on a query of about 690. */
export const MOST_EXPANSIONS = 400;

const texts = new Map(
  views.map(({ name, sql }) => [
    name,
    sql.replace(/--.*$/gm, '').replace(/\{\{table\(\w+\)\}\}|'[^']*'/g, 'x'),
  ]),
);
const counted = new Map<string, number>();

/** Views that SQLite plans for a query that names the view once, itself among them. */
export function expansions(name: string): number {
  if (!counted.has(name)) counted.set(name, 1 + ofText(name, texts.get(name)!));
  return counted.get(name)!;
}

/**
 * A view's own common table expressions are repeated as often as they are named, with all that they
 * name.
 */
function ofText(view: string, text: string): number {
  const own = new Map<string, number>();
  const namedIn = (sql: string): number =>
    [...sql.matchAll(/\b(?:from|join)\s+([a-z_]\w*)/g)].reduce((sum, [, name]) => {
      const cte = own.get(name!);
      if (cte !== undefined) return sum + cte;
      return name !== view && texts.has(name!) ? sum + expansions(name!) : sum;
    }, 0);
  const { ctes, select } = partsOf(text);
  for (const { name, body } of ctes) own.set(name, namedIn(body));
  return namedIn(select);
}
