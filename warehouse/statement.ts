/** A query of Drizzle's as a statement of D1, for a batch that also holds statements written as SQL. */
import type { Query } from 'drizzle-orm';

export function statement(db: D1Database, query: { toSQL(): Query }): D1PreparedStatement {
  const { sql, params } = query.toSQL();
  return db.prepare(sql).bind(...params);
}
