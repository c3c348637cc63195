/** Between Drizzle's queries and statements that are written as SQL. */
import { type Column, type Query, type SQL, sql } from 'drizzle-orm';

/** A query of Drizzle's as a statement, for a batch that also holds SQL. */
export function statement(db: D1Database, query: { toSQL(): Query }): D1PreparedStatement {
  const { sql: text, params } = query.toSQL();
  return db.prepare(text).bind(...params);
}

/** The column has one of these values: one bound JSON array, since D1 binds at most 100 values. */
export const isAmong = (column: Column, values: (string | number)[]): SQL =>
  sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;

/** How many rows the statements of a batch inserted, updated or deleted. */
export const rowsChanged = (results: D1Result[]): number =>
  results.reduce((sum, { meta }) => sum + meta.changes, 0);

/**
 * What D1 itself says in an error, or undefined. Drizzle wraps it in an error of its own that
 * quotes the bound values, which may name people: only this goes into a log or a reason.
 */
export function d1Message(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.message.startsWith('D1_') ? error.message : d1Message(error.cause);
}
