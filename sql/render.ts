/**
 * Renders the view graph as one `with` query whose first CTEs bind `clock` and `scope` (decision
 * 2).
 */
import { partsOf } from './ctes.ts';
import { dialects, type Engine, withTypes } from './dialects.ts';
import { expandMacros } from './macros.ts';
import { views } from './views/index.ts';
import type { View } from './views/view.ts';

/**
 * What a rendered query is true for: an instant, and the contacts it reads (default everyone). With
 * `contact_ids: 'bound'` the ids are the query's first parameter, a JSON array, so that any number of
 * them fits. `given` are queries to read instead of the views of those names.
 */
export type Binding = {
  as_of: number;
  lo?: number;
  hi?: number;
  contact_ids?: number[] | 'bound';
  given?: ReadonlyMap<string, string>;
};

const EVERYONE = { lo: 0, hi: 9_007_199_254_740_991 };
const IN_SCOPE = /between \(select lo from scope\) and \(select hi from scope\)/g;

const withoutComments = (sql: string): string =>
  sql
    .replace(/--.*$/gm, '')
    .replace(/\n\s*\n/g, '\n')
    .trim();
/** What looks like a view's name but is none: a stored table, a text. */
const notViews = /\{\{table\(\w+\)\}\}|'[^']*'/g;

const texts = new Map(views.map((view) => [view.name, withoutComments(view.sql)]));
const namesOf = (marked: (view: View) => boolean | undefined): Set<string> =>
  new Set(views.filter(marked).map(({ name }) => name));
const computedOnce = namesOf(({ isComputedOnce }) => isComputedOnce);
const ofEveryone = namesOf(({ isOfEveryone }) => isOfEveryone);

const direct = new Map<string, string[]>();

/** Names of the views that a view itself reads. */
export function readBy(name: string): string[] {
  if (!direct.has(name))
    direct.set(
      name,
      named(texts.get(name)!).filter((other) => other !== name),
    );
  return direct.get(name)!;
}

/** Views that a text reads from: a column may have the name of a view. */
const named = (sql: string): string[] =>
  [
    ...new Set(
      [...sql.replace(notViews, '').matchAll(/\b(?:from|join)\s+([a-z]\w*)/g)].map(
        ([, name]) => name!,
      ),
    ),
  ].filter((name) => texts.has(name));

/**
 * Names of the views that `sql` reads, directly or not, in dependency order, without those that
 * only
 * `given` views read.
 */
export function dependencies(sql: string, given?: Binding['given']): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    if (!given?.has(name)) for (const other of readBy(name)) visit(other);
    found.add(name);
  };
  for (const name of named(withoutComments(sql))) visit(name);
  return [...found];
}

/**
 * For a query over some contacts: views of everyone read copies of what they are made of, which see
 * every contact. Returns the texts of those views and of the copies, by name, each after those it
 * reads.
 */
function textsOfEveryone(names: string[], given?: Binding['given']): Map<string, string> {
  const roots = names.filter((name) => ofEveryone.has(name) && !given?.has(name));
  const copied = new Set(
    roots
      .flatMap((root) => dependencies(`select * from ${root}`))
      .filter((name) => !ofEveryone.has(name)),
  );
  const copyOf = (word: string): string => (copied.has(word) ? `${word}_of_everyone` : word);
  const word = /\{\{table\(\w+\)\}\}|'[^']*'|(?<![.\w])[a-z]\w*/g;
  const rewritten = (name: string): string =>
    texts
      .get(name)!
      .replace(IN_SCOPE, `between ${EVERYONE.lo} and ${EVERYONE.hi}`)
      .replace(word, copyOf);
  return new Map([...copied, ...roots].map((name) => [copyOf(name), rewritten(name)]));
}

/**
 * A view's text as entries of one flat `with`: its own CTEs are named after it. SQLite computes an
 * entry that is named twice once; nested in the view, it would compute it wherever the view is
 * named.
 */
function flat(view: string, text: string): [name: string, sql: string][] {
  const { ctes, select } = partsOf(text);
  const own = new Map(ctes.map(({ name }) => [name, `${view}__${name}`]));
  const hoisted = (sql: string): string =>
    sql.replace(
      /'[^']*'|\b(from|join)\s+([a-z_]\w*)\b(\s+as\b)?/g,
      (all, word?: string, name?: string, as?: string) =>
        own.has(name!) ? `${word} ${own.get(name!)}${as ?? ` as ${name}`}` : all,
    );
  return [
    ...ctes.map(({ name, body }): [string, string] => [own.get(name)!, hoisted(body)]),
    [view, hoisted(select)],
  ];
}

/**
 * One executable query for `select` over the views that it names. Values are bound as literals:
 * they are integers that the house made, never text from outside. A list of contact ids, which only
 * SQLite takes, replaces the range in every staging view's scope. Throws where a value is no safe
 * integer.
 */
export function render(select: string, binding: Binding, engine: Engine = 'sqlite'): string {
  const { as_of, lo, hi, contact_ids, given } = { ...EVERYONE, ...binding };
  const ids = Array.isArray(contact_ids) ? contact_ids : [];
  for (const value of [as_of, lo, hi, ...ids])
    if (!Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${value}`);
  const idList = contact_ids === 'bound' ? '?1' : `'[${ids.join(',')}]'`;
  const scoped = (sql: string): string =>
    contact_ids ? sql.replace(IN_SCOPE, `in (select value from json_each(${idList}))`) : sql;

  const names = dependencies(select, given);
  const isNarrow = contact_ids !== undefined || lo !== EVERYONE.lo || hi !== EVERYONE.hi;
  const everyone = isNarrow ? textsOfEveryone(names, given) : new Map<string, string>();
  const others = names
    .filter((name) => !everyone.has(name))
    .map((name): [string, string] => [name, given?.get(name) ?? scoped(texts.get(name)!)]);

  const dialect = dialects[engine];
  const cte = ([name, sql]: [string, string]): string => {
    const hint = computedOnce.has(name) ? dialect.computedOnce : '';
    return `${name} as ${hint}(\n${expandMacros(sql, engine)}\n)`;
  };
  const ctes = [
    `clock as (select ${as_of} as as_of)`,
    `scope as (select ${lo} as lo, ${hi} as hi)`,
    ...[...everyone, ...others].flatMap(([name, sql]) => flat(name, sql).map(cte)),
  ];
  return withTypes(`with ${ctes.join(',\n')}\n${select}`, dialect);
}
