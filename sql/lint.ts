/**
 * Rejects what does not run unchanged on SQLite, DuckDB and GoogleSQL (architecture decision 1,
 * G7).
 * Home of G7.
 */
import { expandMacros } from './macros.ts';

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/));

/** Names that an engine reserves: no column or alias may carry them. */
const reserved: Record<string, Set<string>> = {
  sqlite: words(`
    add all alter and as autoincrement between case check collate commit constraint create
    default deferrable delete distinct drop else escape except exists foreign from group having
    in index insert intersect into is isnull join limit not notnull null on or order primary
    references returning select set table then to transaction union unique update using values
    when where
  `),
  duckdb: words(`
    all analyse analyze and any array as asc asymmetric at both case cast check collate column
    constraint create default deferrable desc describe distinct do else end except false fetch
    for foreign from group having in initially intersect into lambda lateral leading limit not
    null offset on only or order pivot placing primary qualify references returning select show
    some summarize symmetric table then to trailing true union unique unpivot using variadic
    when where window with
  `),
  googlesql: words(`
    all and any array as asc assert_rows_modified at between by case cast collate contains
    create cross cube current default define desc distinct else end enum escape except exclude
    exists extract false fetch following for from full group grouping groups hash having if
    ignore in inner intersect interval into is join lateral left like limit lookup merge natural
    new no not null nulls of on or order outer over partition preceding proto qualify range
    recursive respect right rollup rows select set some struct tablesample then to treat true
    unbounded union unnest using when where window with within
  `),
};

const forbidden: [pattern: RegExp, why: string][] = [
  [/\bfilter\s*\(/, 'FILTER: write case inside the aggregate'],
  [/%/, 'the remainder operator'],
  [
    /\bcoalesce\s*\(\s*concat\s*\(/,
    'a concat of null, which is a text on SQLite and DuckDB but null on GoogleSQL',
  ],
  [
    /\b(lead|lag)\s*\(\s*[\w.]+\s*,\s*[^(){},]*[^\d\s(){},][^(){},]*\)/,
    'an offset of lead or lag that is no number',
  ],
  [/\biif\s*\(/, 'iif: write case'],
  [
    new RegExp(
      '\\b(strftime|date|datetime|julianday|unixepoch|date_trunc|date_diff|extract|now|' +
        'current_date|current_timestamp)\\b\\s*\\(?',
    ),
    'a date function: join the calendar',
  ],
  [/\b(min|max)\s*\((?:[^()]|\([^()]*\))*,/, 'min or max of two values: write case'],
  [/\b(group_concat|string_agg|listagg)\s*\(/, 'an aggregate of text'],
  [/\b(json_\w+)\s*\(/, 'a json function: only the macro for stated fields'],
  [/\b(percentile\w*|median|quantile\w*)\s*\(/, 'a percentile function: rank the rows'],
  [
    /\b(ifnull|nvl|power|log10|least|greatest|total|printf|instr|substring_index)\s*\(/,
    'a function that not every engine has',
  ],
  [/\b(regexp|glob|rowid|collate)\b/, 'an operator that not every engine has'],
  [
    /\bas\s+(integer|real|text|double|bigint|int|varchar|float)\s*\)/,
    'a cast type that is not float64, int64 or string',
  ],
  [/\bselect\s+top\b|\blimit\s+\d+\s*,/, 'a limit of another dialect'],
  [/\b\w+\s*\([\w\s,]*\)\s+as\s+\(/, 'a column list after a CTE’s name'],
  [/"|`/, 'a quoted name'],
  [/;/, 'a semicolon'],
  [/\bcreate\b|\binsert\b|\bdelete\b|\bpragma\b/, 'a statement that is no query'],
];

/** Text without comments and with every string literal emptied, in lower case. */
function bare(sql: string): string {
  return sql.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''");
}

/** Most terms of one compound select: D1 takes five. Depth is by brackets. */
function longestCompound(sql: string): number {
  let longest = 1;
  const terms = [1];
  for (const [token] of sql.matchAll(/\(|\)|\bunion (?:all|distinct)\b/g)) {
    if (token === '(') terms.push(1);
    else if (token === ')') terms.pop();
    else {
      const count = (terms.pop() ?? 1) + 1;
      terms.push(count);
      longest = Math.max(longest, count);
    }
  }
  return longest;
}

/** Where a query in brackets stood. */
const TAKEN_OUT = '\u0000';

/**
 * Every select of a text by itself: queries in brackets are taken out, other brackets are
 * dissolved.
 */
function selectsOf(text: string): string[] {
  const found: string[] = [];
  const innermost = /\(([^()]*)\)/;
  let rest = text;
  for (let inner = innermost.exec(rest); inner; inner = innermost.exec(rest)) {
    const content = inner[1]!;
    const isQuery = /^\s*(with|select)\b/.test(content);
    if (isQuery) found.push(content);
    rest = rest.replace(innermost, () => (isQuery ? TAKEN_OUT : ` ${content} `));
  }
  const named = new RegExp(`[a-z_]\\w*\\s+as\\s+${TAKEN_OUT}`, 'g');
  return [...found, rest].flatMap((query) => query.replace(named, '').split(/\bunion all\b/));
}

/**
 * Names of a select's relations that it uses as columns too: GoogleSQL takes such a name for the
 * whole row.
 */
function rowsTakenForColumns(text: string): string[] {
  const relation = /\b(?:from|join)\s+([a-z_]\w*)/g;
  return selectsOf(text).flatMap((select) => {
    const relations = new Set([...select.matchAll(relation)].map(([, name]) => name!));
    const columns = select.replace(relation, '').replace(/\bas\s+[a-z_]\w*/g, '');
    const used = new Set(columns.match(/(?<![.\w])[a-z_]\w*(?!\s*[.\w])/g));
    return [...relations].filter((name) => used.has(name));
  });
}

/**
 * Columns that a having clause sums up under a name which the select has given to a sum: GoogleSQL
 * takes the name for that sum.
 */
function sumsOfSums(text: string): string[] {
  return selectsOf(text).flatMap((select) => {
    const [chosen, having] = select.split(/\bhaving\b/);
    const named = new Set([...chosen!.matchAll(/\bas\s+([a-z_]\w*)/g)].map(([, name]) => name!));
    return [...(having ?? '').matchAll(/\b(?:sum|min|max|count|avg)\s+([a-z_]\w*)/g)]
      .map(([, name]) => name!)
      .filter((name) => named.has(name));
  });
}

/** Numbers and nulls that a select lists without a name: of several none can be told apart. */
function unnamedConstants(text: string): string[] {
  let rest = text;
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(/\((?!\s*(?:with|select)\b)[^()]*\)/g, ' ');
  }
  return selectsOf(rest).flatMap((select) =>
    select
      .split(/\bfrom\b/)[0]!
      .replace(/^\s*select\b/, '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => /^(?:-?\d+|null)$/.test(item)),
  );
}

/** What is not portable in a view's text, in words; empty where it runs everywhere. */
export function lint(sql: string): string[] {
  const text = bare(sql.replace(/\{\{stated\(\w+\)\}\}/g, 'stated'));
  const expanded = bare(expandMacros(sql.replace(/\{\{stated\(\w+\)\}\}/g, 'stated')));
  const plain = text.replace(/\{\{rule\([^}]*\}\}/g, '1').replace(/\{\{[^}]*\}\}/g, 'x');
  const found = forbidden.filter(([pattern]) => pattern.test(plain)).map(([, why]) => why);
  for (const [, name] of text.matchAll(/\bas\s+([a-z_]\w*)\b(?!\s*\()/gi))
    for (const [engine, names] of Object.entries(reserved))
      if (names.has(name!)) found.push(`${name} is reserved by ${engine}`);
  for (const [, name] of text.matchAll(/(?:\bwith|\),)\s+([a-z_]\w*)\s+as\s+\(/gi))
    for (const [engine, names] of Object.entries(reserved))
      if (names.has(name!)) found.push(`${name} is reserved by ${engine}`);
  if (/[A-Z]/.test(text)) found.push('upper case');
  if (/\bunion\b(?!\s+(all|distinct)\b)/.test(text)) found.push('union without all');
  if (/\bunion distinct\b/.test(text)) found.push('union distinct: SQLite has none');
  if (/\|\|\s*\d|\d\s*\|\|/.test(text)) found.push('|| on a number');
  for (const name of rowsTakenForColumns(text))
    found.push(`${name} is a relation and a column of one select`);
  for (const name of sumsOfSums(text))
    found.push(`having sums up ${name}, which its select has named so`);
  for (const constant of unnamedConstants(text)) found.push(`${constant} without a name`);
  if (longestCompound(expanded) > 5) found.push('more than five terms in one compound select');
  return found;
}
