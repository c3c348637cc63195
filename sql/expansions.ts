/** How large a query SQLite makes of a view: it plans a view again each time that it is named, also through others. */
import { views } from './views/index.ts';

/** D1 ran out of memory on a query of about 690. */
export const MOST_EXPANSIONS = 400;

const texts = new Map(
  views.map(({ name, sql }) => [name, sql.replace(/--.*$/gm, '').replace(/\{\{table\(\w+\)\}\}|'[^']*'/g, 'x')]),
);
const counted = new Map<string, number>();

/** Views that SQLite plans for a query that names the view once, itself among them. */
export function expansions(name: string): number {
  if (!counted.has(name)) counted.set(name, 1 + ofText(name, texts.get(name)!));
  return counted.get(name)!;
}

/** A view's own common table expressions are repeated as often as they are named, with all that they name. */
function ofText(view: string, text: string): number {
  const ctes = new Map<string, number>();
  const namedIn = (sql: string): number =>
    [...sql.matchAll(/\b(?:from|join)\s+([a-z_]\w*)/g)].reduce((sum, [, name]) => {
      const cte = ctes.get(name!);
      if (cte !== undefined) return sum + cte;
      return name !== view && texts.has(name!) ? sum + expansions(name!) : sum;
    }, 0);
  let rest = text.trim().replace(/^with\s/, '');
  for (let head = CTE.exec(rest); head; head = CTE.exec(rest)) {
    const end = closing(rest, head[0].length);
    ctes.set(head[1]!, namedIn(rest.slice(head[0].length, end)));
    rest = rest.slice(end + 1);
  }
  return namedIn(rest);
}

const CTE = /^[\s,]*([a-z_]\w*)\s+as\s+\(/;

/** Place of the bracket that closes the one before `from`. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let place = from; place < text.length; place++) {
    if (text[place] === '(') depth++;
    if (text[place] === ')') depth--;
    if (depth === 0) return place;
  }
  return text.length;
}
