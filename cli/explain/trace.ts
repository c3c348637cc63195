/** The rows behind a published number, and whether they give it again. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlLiteral } from '../../core/relation.ts';
import type { Column } from '../../sql/contract.ts';
import { select } from '../tables-database.ts';
import { type Behind, type Facts, isUnpublished } from './behind.ts';
import type { PublishedNumber } from './published-number.ts';
import { rowsBehind } from './rows-behind.ts';

type Row = Record<string, unknown>;

export type Trace = {
  /** The column that these rows make: the one asked for, or what it is a ratio of; absent where they are only what it was made from. */
  column?: string;
  table: string;
  /** Every row of it, for `signalhouse sql`. */
  query: string;
  rows_found: number;
  /** How the rows are added up (DuckDB over `t`), what they add up to and what was published; absent where they are not added up. */
  aggregate?: string;
  gives?: unknown;
  published?: unknown;
  rows: Row[];
};

/** The rows, the views of those that are not published, what is said of those that no view has, and the columns that are not added up from rows. */
export type Traces = {
  traces: Trace[];
  unpublished: string[];
  notes: string[];
  computed: string[];
};

const tidy = (sql: string): string => sql.replace(/\s+/g, ' ');

/** The columns whose rows explain one: itself, both sides of a ratio, or the rate that it bounds. */
export function partsOf(columns: Column[], { name, ratio }: Column): string[] {
  if (ratio) return [ratio.numerator, ratio.denominator];
  const bounded = columns.find(
    (column) => name === `${column.name}_lo` || name === `${column.name}_hi`,
  );
  return bounded ? partsOf(columns, bounded) : [name];
}

/** A condition with the published row's own values in place of `key`, so that it can be asked of the export as it is. */
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
  { table, where, figures }: Facts,
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

/** At most `limit` rows of each kind; `rows_found` says how many there are. */
export async function traceNumber(
  connection: DuckDBConnection,
  number: PublishedNumber,
  limit: number,
): Promise<Traces> {
  const applying: Behind[] = [];
  for (const behind of rowsBehind[number.contract.name] ?? [])
    if (await holds(connection, number.cells, behind.when)) applying.push(behind);
  const parts = partsOf(number.contract.columns, number.column);
  const kept = applying
    .filter(isUnpublished)
    .filter(({ columns }) => parts.some((part) => columns.includes(part)));
  const facts = applying.filter((behind): behind is Facts => !isUnpublished(behind));
  const made = parts.flatMap((column) =>
    facts
      .filter(({ figures }) => Object.hasOwn(figures, column))
      .map((behind) => ({ behind, column })),
  );
  // What is said of a contact and not counted, such as the country, is made of none of its facts.
  const isExplained = made.length > 0 || kept.length > 0 || number.contract.kind === 'dimension';
  const traces: Trace[] = [];
  for (const { behind, column } of made)
    traces.push(await trace(connection, number.cells, behind, column, limit));
  for (const behind of isExplained ? [] : facts)
    traces.push(await trace(connection, number.cells, behind, undefined, limit));
  const told = new Set([
    ...made.map(({ column }) => column),
    ...kept.flatMap(({ columns }) => columns),
  ]);
  const isCounted =
    rowsBehind[number.contract.name] !== undefined &&
    !number.contract.grain.includes(number.column.name);
  return {
    traces,
    unpublished: [...new Set(kept.flatMap((behind) => ('view' in behind ? [behind.view] : [])))],
    notes: kept.flatMap((behind) => ('says' in behind ? [behind.says] : [])),
    computed: isCounted ? parts.filter((part) => !told.has(part)) : [],
  };
}

/** Whether two numbers are the same but for the last digits of a fraction; texts and days are compared as they are. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return String(one) === String(other);
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}
