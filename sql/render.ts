/**
 * Renders the view graph as one `with` query whose first CTEs bind `clock` and `scope` (decision
 * 2).
 */
import { partsOf } from './ctes.ts';
import { dialects, type Engine, withTypes } from './dialects.ts';
import { expandMacros } from './macros.ts';
import { views } from './views/index.ts';
import type { View } from './views/view.ts';

/** What a rendered query is true for: an instant, and the contacts it reads (default everyone). */
export type Binding = {
  as_of: number | typeof BOUND_INSTANT;
  lo?: number;
  hi?: number;
  /** A query of the ids of the contacts, in place of `lo` and `hi`. Only SQLite takes it. */
  among?: string;
  given?: Given;
};

/**
 * Queries to read instead of the views of those names, and others that they read, by name. A map
 * that was rendered with must not change.
 */
export type Given = ReadonlyMap<string, string>;

/** Ids that are the query's first parameter, a JSON array, so that any number of them fits. */
export const BOUND_IDS = 'select value from json_each(?1)';

/**
 * An instant (UTC ms) that is the query's second parameter. The text is then the same at every
 * instant, so that SQLite prepares it once. It is cast, since D1 binds every number as a float.
 */
export const BOUND_INSTANT = 'cast(?2 as integer)';

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
      named(texts.get(name)!).filter((view) => view !== name),
    );
  return direct.get(name)!;
}

/** Views, and queries of `given`, that a text reads from: a column may have the name of a view. */
const named = (sql: string, given?: Given): string[] =>
  [
    ...new Set(
      [...sql.replace(notViews, '').matchAll(/\b(?:from|join)\s+([a-z]\w*)/g)].map(
        ([, name]) => name!,
      ),
    ),
  ].filter((name) => texts.has(name) || given?.has(name));

/**
 * Names of the views and the `given` queries that `sql` reads, directly or not, in dependency
 * order.
 */
export function dependencies(sql: string, given?: Given): string[] {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const its = given?.get(name);
    for (const other of its === undefined ? readBy(name) : named(its, given)) visit(other);
    inOrder.push(name);
  };
  const inOrder: string[] = [];
  for (const name of named(withoutComments(sql), given)) visit(name);
  return inOrder;
}

/** Whether a view reads contacts, itself or through others. */
export const readsContacts = (name: string): boolean =>
  texts.get(name)!.search(IN_SCOPE) >= 0 || readBy(name).some(readsContacts);

/**
 * Copies of views that read the contacts of `scope`, a condition, and each other where they read
 * one of the views. `nameOf` names the copies, by which the texts are found.
 */
export function copiesOf(
  names: string[],
  scope: string,
  nameOf: (name: string) => string,
): Map<string, string> {
  const word = /\{\{table\(\w+\)\}\}|'[^']*'|(?<![.\w])[a-z]\w*/g;
  const copied = new Set(names);
  const renamed = (text: string): string => (copied.has(text) ? nameOf(text) : text);
  const copyOf = (name: string): string =>
    texts.get(name)!.replace(IN_SCOPE, scope).replace(word, renamed);
  return new Map(names.map((name) => [nameOf(name), copyOf(name)]));
}

/**
 * For a query over some contacts: views of everyone read copies of what they are made of, which see
 * every contact.
 */
const textsOfEveryone = copiesOf(
  dependencies([...ofEveryone].map((name) => `select * from ${name}`).join(' union all ')),
  `between ${EVERYONE.lo} and ${EVERYONE.hi}`,
  (name) => (ofEveryone.has(name) ? name : `${name}_of_everyone`),
);

/**
 * A view's text as entries of one flat `with`: its own CTEs are named after it. SQLite computes an
 * entry that is named twice once; nested in the view, it would compute it wherever the view is
 * named.
 */
function flat(view: string, text: string): { name: string; hint: string; sql: string }[] {
  const { ctes, select } = partsOf(text);
  const own = new Map(ctes.map(({ name }) => [name, `${view}__${name}`]));
  const hoisted = (sql: string): string =>
    sql.replace(
      /'[^']*'|\b(from|join)\s+([a-z_]\w*)\b(\s+as\b)?/g,
      (all, word?: string, name?: string, as?: string) =>
        own.has(name!) ? `${word} ${own.get(name!)}${as ?? ` as ${name}`}` : all,
    );
  return [
    ...ctes.map(({ name, hint, body }) => ({ name: own.get(name)!, hint, sql: hoisted(body) })),
    { name: view, hint: '', sql: hoisted(select) },
  ];
}

/**
 * One executable query for `select` over the views that it names. Values are bound as literals:
 * they are integers that the house made, never text from outside. Throws where a value is no safe
 * integer.
 */
export function render(select: string, binding: Binding, engine: Engine = 'sqlite'): string {
  const { as_of, lo, hi, among, given } = { ...EVERYONE, ...binding };
  for (const value of [as_of, lo, hi])
    if (value !== BOUND_INSTANT && !Number.isSafeInteger(value))
      throw new TypeError(`not an integer: ${value}`);
  const isNarrow = among !== undefined || lo !== EVERYONE.lo || hi !== EVERYONE.hi;
  const clock = `clock as (select ${as_of} as as_of)`;
  const scope = `scope as (select ${lo} as lo, ${hi} as hi)`;
  const rest = once([engine, isNarrow, among, select].join('\n'), given, () =>
    renderViews(select, { among, given, isNarrow }, engine),
  );
  return `with ${clock},\n${scope}${rest}`;
}

const nothingGiven: Given = new Map();
const rendered = new WeakMap<Given, Map<string, string>>();
const MOST_KEPT = 100;

/** Keeps what was made: each batch of facts that lands asks for the same long texts again. */
function once(key: string, given: Given = nothingGiven, make: () => string): string {
  const texts = rendered.get(given) ?? new Map<string, string>();
  const known = texts.get(key);
  if (known !== undefined) return known;
  if (texts.size === MOST_KEPT) texts.clear();
  const made = make();
  rendered.set(given, texts.set(key, made));
  return made;
}

/** The entries of the `with` for the views that `select` names, and `select` itself. */
function renderViews(
  select: string,
  { among, given, isNarrow }: { among?: string; given?: Given; isNarrow: boolean },
  engine: Engine,
): string {
  const scoped = (sql: string): string => (among ? sql.replace(IN_SCOPE, `in (${among})`) : sql);
  const instead = new Map([...(isNarrow ? textsOfEveryone : []), ...(given ?? [])]);
  const textOf = (name: string): string => instead.get(name) ?? texts.get(name)!;
  const cte = ({ name, hint, sql }: ReturnType<typeof flat>[number]): string => {
    const its = computedOnce.has(name) ? dialects[engine].computedOnce : hint;
    return `,\n${name} as ${its}(\n${expandMacros(sql, engine)}\n)`;
  };
  const ctes = dependencies(select, instead).flatMap((name) =>
    flat(name, scoped(textOf(name))).map(cte),
  );
  return withTypes(`${ctes.join('')}\n${select}`, dialects[engine]);
}
