/** Renders the view graph as one `with` query whose first CTEs bind `clock`, `scope` and `rules` (architecture decision 2). */
import { rules } from '../core/rules/config.ts';
import { expandMacros } from './macros.ts';
import { views } from './views/index.ts';

export type Engine = 'sqlite' | 'duckdb' | 'bigquery';

/** What a rendered query is true for: an instant, and the contacts it reads (default everyone). */
export type Binding = { as_of: number; lo?: number; hi?: number; contact_ids?: number[] };

const byName = new Map(views.map((view) => [view.name, expandMacros(view.sql)]));
const EVERYONE = { lo: 0, hi: 9_007_199_254_740_991 };
const comment = /--.*$/gm;

/** Names of the views that `sql` reads, directly or not, in dependency order. */
export function dependencies(sql: string): string[] {
  const found = new Set<string>();
  const visit = (text: string): void => {
    for (const [word] of text.replace(comment, '').matchAll(/\b(?:stg|int|fct|dim|[a-z])\w*\b/g)) {
      if (!byName.has(word) || found.has(word)) continue;
      visit(byName.get(word)!.replaceAll(new RegExp(`\\b${word}\\b`, 'g'), ''));
      found.add(word);
    }
  };
  visit(sql);
  return [...found];
}

const literal = (value: number): string => (Number.isInteger(value) ? String(value) : value.toString());

/** The one-row relation of thresholds that views read, so that a number lives in `core/rules` only. */
export const rulesRelation = `select ${Object.entries(rules)
  .map(([name, value]) => `${literal(value)} as ${name}`)
  .join(', ')}`;

/**
 * One executable query for `select` over the views that it names. Values are bound as literals: they are integers that the
 * house itself made, never text from outside. A list of contact ids replaces the range in every staging view's scope.
 */
export function render(select: string, binding: Binding): string {
  const { lo, hi } = { ...EVERYONE, ...binding };
  for (const value of [binding.as_of, lo, hi, ...(binding.contact_ids ?? [])])
    if (!Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${value}`);
  const scoped = (sql: string): string =>
    binding.contact_ids
      ? sql.replace(
          /between \(select lo from scope\) and \(select hi from scope\)/g,
          `in (select value from json_each('[${binding.contact_ids.join(',')}]'))`,
        )
      : sql;
  const ctes = [
    `clock as (select ${binding.as_of} as as_of)`,
    `scope as (select ${lo} as lo, ${hi} as hi)`,
    `rules as (${rulesRelation})`,
    ...dependencies(select).map((name) => `${name} as (\n${scoped(byName.get(name)!.trim())}\n)`),
  ];
  return `with ${ctes.join(',\n')}\n${select}`;
}
