/**
 * The shapes that readers already have: `published.json` holds them, and a table may only grow at
 * its end (R11).
 * Home of R11.
 */
import { type Contract, runColumns } from './contract.ts';

/**
 * Column → type, in published order; `since` and `appended` say which version of the changelog
 * brought what was not in 0.1.0.
 */
export type PublishedTable = {
  since: string;
  columns: Record<string, string>;
  appended?: Record<string, string>;
};
export type Published = {
  run_columns: Record<string, string>;
  tables: Record<string, PublishedTable>;
};

const FIRST = '0.1.0';
const UNRELEASED = 'next';

const columnsOf = (columns: Contract['columns']): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type]));

/**
 * What of `kept` does not stand at its place in `columns`, as sentences; what moved only because
 * another is gone is not told.
 */
function changes(
  table: string,
  kept: Record<string, string>,
  columns: Contract['columns'],
): string[] {
  const gone: string[] = [];
  const other: string[] = [];
  const moved: string[] = [];
  Object.entries(kept).forEach(([name, type], place) => {
    const found = columns.findIndex((column) => column.name === name);
    if (found < 0)
      gone.push(
        `${table}.${name} was renamed or removed: a published column stays; append another ` +
          'beside it',
      );
    else if (columns[found]!.type !== type)
      other.push(
        `${table}.${name} was of type ${type} and is now of type ${columns[found]!.type}: a ` +
          'published column keeps its type; append another beside it',
      );
    else if (found !== place)
      moved.push(
        `${table}.${name} was column ${place + 1} and is now column ${found + 1}: append last`,
      );
  });
  return [...gone, ...other, ...(gone.length > 0 ? [] : moved)];
}

/**
 * What readers would lose of what is published, as sentences; empty where every table only grew at
 * its end.
 */
export function losses(published: Published, contracts: Contract[]): string[] {
  const now = new Map(contracts.map((contract) => [contract.name, contract]));
  const run =
    Object.keys(published.run_columns).length === runColumns.length
      ? []
      : ['the run columns are not those of R11'];
  return [
    ...run,
    ...changes('every table', published.run_columns, runColumns),
    ...Object.entries(published.tables).flatMap(([name, { columns }]) => {
      const contract = now.get(name);
      return contract
        ? changes(name, columns, contract.columns)
        : [`${name} is no longer published: a table stays`];
    }),
  ];
}

/** The shapes with what the contracts have more. Throws where readers would lose something. */
export function grown(published: Published, contracts: Contract[]): Published {
  const lost = losses(published, contracts);
  if (lost.length > 0) throw new Error(lost.join('\n'));
  const tables = contracts.map(({ name, columns }): [string, PublishedTable] => {
    const before = published.tables[name];
    if (!before) return [name, { since: UNRELEASED, columns: columnsOf(columns) }];
    const more = columns
      .slice(Object.keys(before.columns).length)
      .map((column) => [column.name, UNRELEASED]);
    const appended = { ...before.appended, ...Object.fromEntries(more) };
    const isOlder = before.since !== UNRELEASED && Object.keys(appended).length > 0;
    return [
      name,
      { since: before.since, columns: columnsOf(columns), ...(isOlder ? { appended } : {}) },
    ];
  });
  return { run_columns: columnsOf(runColumns), tables: Object.fromEntries(tables) };
}

/**
 * Tables and columns that came after 0.1.0 and have no row in the changelog's schema table, as
 * sentences.
 */
export function untold(published: Published, changelog: string): string[] {
  const rows = changelog.split('\n').filter((line) => line.startsWith('|'));
  const told = (table: string, version: string, column?: string): boolean =>
    rows.some(
      (row) =>
        row.startsWith(`| ${version} | \`${table}\` |`) &&
        (column ? row.includes(`\`${column}\``) : row.includes('new table')),
    );
  return Object.entries(published.tables).flatMap(([table, { since, appended = {} }]) => [
    ...(since === FIRST || told(table, since)
      ? []
      : [`CHANGELOG.md has no row '| ${since} | \`${table}\` | new table: …'`]),
    ...Object.entries(appended)
      .filter(([column, version]) => !told(table, version, column))
      .map(
        ([column, version]) =>
          `CHANGELOG.md has no row '| ${version} | \`${table}\` | \`${column}\`: …'`,
      ),
  ]);
}

/** The file's text: a column a line, so that a change of shape reads as one. */
export const publishedText = (published: Published): string =>
  `${JSON.stringify(published, null, 2)}\n`;
