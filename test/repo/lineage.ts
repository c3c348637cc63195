/**
 * Which columns a query really uses. SQLite resolves every name; a column that a relation only
 * passes on counts where somebody uses what it was passed on as.
 */
import { constants, type DatabaseSync } from 'node:sqlite';
import { partsOf } from '../../sql/ctes.ts';
import { render } from '../../sql/render.ts';

/** A column as `schema.relation.column`. */
type Column = string;

/** Splits at `separator` where no bracket is open and no text is. */
function splitTop(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  const tokens = new RegExp(`'[^']*'|[()]|${separator.source}`, 'g');
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (depth === 0 && !token.startsWith("'")) {
      parts.push(text.slice(start, index));
      start = index + token.length;
    }
  }
  return [...parts, text.slice(start)];
}

type Arm = { head: string; items: string[]; rest: string };

/** The selects that `union all` puts one below the other, each with its list of columns apart. */
const armsOf = (body: string): Arm[] =>
  splitTop(body, /\bunion all\b|\bunion\b/).map((text) => {
    const head = /^\s*select\s+(distinct\s+)?/.exec(text)![0];
    const [list, ...rest] = splitTop(text.slice(head.length), /\bfrom\b/);
    return {
      head,
      items: splitTop(list!, /,/),
      rest: rest.length > 0 ? `from ${rest.join('from')}` : '',
    };
  });

/** What SQLite reads to compile `sql`. */
function readsOf(db: DatabaseSync, sql: string): Set<Column> {
  const reads = new Set<Column>();
  db.setAuthorizer((action, relation, column, database) => {
    if (action === constants.SQLITE_READ) reads.add(`${database}.${relation}.${column}`);
    return constants.SQLITE_OK;
  });
  try {
    db.prepare(sql);
  } catch (error) {
    throw new Error(`${(error as Error).message} in ${sql}`);
  } finally {
    db.setAuthorizer(null);
  }
  return reads;
}

/** The columns of `schema.relation`. */
export const columnsOf = (db: DatabaseSync, database: string, relation: string): Column[] =>
  db
    .prepare('select name from pragma_table_info(?, ?)')
    .all(relation, database)
    .map(({ name }) => `${database}.${relation}.${name}`);

type Relation = { name: string; body: string };

/**
 * The views that `views` are made of and each of their common table expressions, in the order of
 * their reading. Each becomes an empty table of `db`'s schema `temp`, so that SQLite resolves the
 * names of those that read it.
 */
export function relationsOf(db: DatabaseSync, views: string[]): Relation[] {
  const query = render(`select 1 from ${views.join(' join ')}`, { as_of: 0 });
  const { ctes } = partsOf(query.replaceAll(' as materialized (', ' as ('));
  for (const { name, body } of ctes) db.exec(`create temp table ${name} as ${body}`);
  return ctes;
}

/** Everything that `columns` of these relations are made of, themselves included. */
export function sourcesOf(
  db: DatabaseSync,
  relations: Relation[],
  columns: Iterable<Column>,
): Set<Column> {
  const used = new Set(columns);
  // Readers stand after what they read.
  for (const { name, body } of relations.toReversed()) {
    const own = columnsOf(db, 'temp', name);
    for (const arm of armsOf(body))
      for (const column of readsOf(db, selectOf(arm, own, used))) used.add(column);
  }
  return used;
}

/** The select of an arm with only those items that are used; its conditions stay whole. */
function selectOf({ head, items, rest }: Arm, columns: Column[], used: Set<Column>): string {
  const isUsed = columns.map((column) => used.has(column));
  const isEveryColumn = items.length === 1 && items[0]!.trim() === '*';
  const names = isEveryColumn ? columns.map((column) => column.split('.')[2]!) : items;
  // Each column decides which rows are distinct, and `x.*` stands for several.
  const isWhole = head.includes('distinct') || names.length !== columns.length;
  const kept = isWhole ? items : names.filter((_, place) => isUsed[place]);
  return `${head}${kept.join(', ') || '1'} ${rest}`;
}
