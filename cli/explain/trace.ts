/** The rows behind a published number, and whether they reproduce it. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlLiteral } from '../../core/relation.ts';
import type { Column } from '../../sql/contract.ts';
import { isUnpublished, type PublishedRows, type UnpublishedRows } from '../../sql/rows-behind.ts';
import { select } from '../tables-database.ts';
import type { PublishedNumber } from './published-number.ts';

type Row = Record<string, unknown>;

export type Trace = {
  /**
   * The column that these rows add up to: the one asked for, or a side of its ratio; absent if they
   * are not added up.
   */
  column?: string;
  table: string;
  /** Query for all of the rows, for `signalhouse sql`. */
  query: string;
  rows_found: number;
  /** How the rows are added up (DuckDB over `t`), the result, and the published value. */
  aggregate?: string;
  gives?: unknown;
  published?: unknown;
  rows: Row[];
};

export type Traces = {
  traces: Trace[];
  /** The views whose rows make the number but are not published. */
  unpublished: string[];
  /** Notes on rows that are in no view. */
  notes: string[];
  /** Columns that are not sums of rows. */
  computed: string[];
};

const tidy = (sql: string): string => sql.replace(/\s+/g, ' ');

/**
 * The columns whose rows explain a column: itself, both sides of a ratio, or the rate that it
 * bounds.
 */
export function partsOf(columns: Column[], { name, ratio }: Column): string[] {
  if (ratio) return [ratio.numerator, ratio.denominator];
  const bounded = columns.find(
    (column) => name === `${column.name}_lo` || name === `${column.name}_hi`,
  );
  return bounded ? partsOf(columns, bounded) : [name];
}

/** A condition with the row's own values in place of `key`, so that it needs only the export. */
const about = (sql: string, cells: Row): string =>
  tidy(sql).replace(/\bkey\.(\w+)/g, (_, name: string) => sqlLiteral(cells[name] ?? null));

async function holds(
  connection: DuckDBConnection,
  cells: Row,
  when: string | undefined,
): Promise<boolean> {
  return (
    !when || (await select(connection, `select 1 where ${about(when, cells)}`)).rows.length > 0
  );
}

async function trace(
  connection: DuckDBConnection,
  cells: Row,
  { table, where, figures }: PublishedRows,
  column: string | undefined,
  limit: number,
): Promise<Trace> {
  const figure = column === undefined ? {} : figures[column]!;
  const condition = figure.only ? `${where} and ${figure.only}` : where;
  const from = `from ${table} as t where ${about(condition, cells)}`;
  const { rows } = await select(
    connection,
    `select t.* exclude (as_of, run_id, schema_version) ${from} limit ${limit}`,
  );
  const aggregate = about(figure.of ?? 'count(*)', cells);
  const [sums] = (
    await select(connection, `select count(*) as rows_found, ${aggregate} as gives ${from}`)
  ).rows;
  const found = { table, query: `select t.* ${from}`, rows_found: Number(sums!.rows_found), rows };
  return column === undefined
    ? found
    : { column, ...found, aggregate, gives: sums!.gives, published: cells[column] };
}

/** At most `limit` rows of each kind; `rows_found` is the total. */
export async function traceNumber(
  connection: DuckDBConnection,
  { mart, column, cells }: PublishedNumber,
  limit: number,
): Promise<Traces> {
  const { contract } = mart;
  const parts = partsOf(contract.columns, column);
  const published: PublishedRows[] = [];
  const unpublished: UnpublishedRows[] = [];
  for (const rows of mart.rows) {
    if (!(await holds(connection, cells, rows.when))) continue;
    if (!isUnpublished(rows)) published.push(rows);
    else if (parts.some((part) => rows.columns.includes(part))) unpublished.push(rows);
  }
  const counting = parts.flatMap((part) =>
    published.filter(({ figures }) => Object.hasOwn(figures, part)).map((rows) => ({ rows, part })),
  );
  const traces: Trace[] = [];
  for (const { rows, part } of counting)
    traces.push(await trace(connection, cells, rows, part, limit));
  // A stated field of a contact, such as the country, is not made from facts.
  const isExplained = counting.length + unpublished.length > 0 || contract.kind === 'dimension';
  for (const rows of isExplained ? [] : published)
    traces.push(await trace(connection, cells, rows, undefined, limit));
  const traced = new Set([
    ...counting.map(({ part }) => part),
    ...unpublished.flatMap(({ columns }) => columns),
  ]);
  const isCounted = mart.rows.length > 0 && !contract.grain.includes(column.name);
  return {
    traces,
    unpublished: [...new Set(unpublished.flatMap((rows) => ('view' in rows ? [rows.view] : [])))],
    notes: unpublished.flatMap((rows) => ('note' in rows ? [rows.note] : [])),
    computed: isCounted ? parts.filter((part) => !traced.has(part)) : [],
  };
}

/** Whether two values are equal, ignoring rounding of fractions. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return String(one) === String(other);
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
