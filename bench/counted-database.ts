/** A D1 binding that adds up what its answers bill, and how often it is asked. */

export type Bill = {
  /** Calls of the binding, each a subrequest: a batch is one. */
  calls: number;
  /** Statements: those of a batch are several. */
  queries: number;
  /** Entries of indexes are billed rows too. */
  written: number;
  read: number;
};

export type CountedDatabase = {
  db: D1Database;
  bill(): Bill;
  /** Rows written by the statements that name each table, what their triggers write included. */
  writtenTo(): Map<string, number>;
};

/** The table that a statement writes to; a query has none. */
const tableOf = (sql: string): string =>
  /\b(?:insert into|delete from|update(?= \w+\s+set))\s+(\w+)/.exec(sql)?.[1] ?? '';

/** Counts from now on; `bill` answers all until now. */
export function countedDatabase(db: D1Database): CountedDatabase {
  const total: Bill = { calls: 0, queries: 0, written: 0, read: 0 };
  const written = new Map<string, number>();
  const note = <T extends D1Result>(sql: string, result: T): T => {
    const table = tableOf(sql);
    written.set(table, (written.get(table) ?? 0) + result.meta.rows_written);
    total.queries += 1;
    total.written += result.meta.rows_written;
    total.read += result.meta.rows_read;
    return result;
  };
  type Asked = { statement: D1PreparedStatement; sql: string };
  const originals = new WeakMap<object, Asked>();
  const wrap = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const ask = async (): Promise<D1Result> => {
      total.calls += 1;
      return note(sql, await statement.all());
    };
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values), sql),
      all: ask,
      run: ask,
      first: async (column?: string) => {
        const row = (await ask()).results[0] as Record<string, unknown> | undefined;
        return column === undefined ? (row ?? null) : (row?.[column] ?? null);
      },
      raw: async ({ columnNames = false } = {}) => {
        const { results } = await ask();
        const rows = results.map((row) => Object.values(row as object));
        return columnNames ? [Object.keys((results[0] as object) ?? {}), ...rows] : rows;
      },
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, { statement, sql });
    return wrapped;
  };
  const counted = {
    prepare: (sql: string) => wrap(db.prepare(sql), sql),
    batch: async (statements: D1PreparedStatement[]) => {
      total.calls += 1;
      const asked = statements.map((each) => originals.get(each)!);
      const results = await db.batch(asked.map(({ statement }) => statement));
      return results.map((result, i) => note(asked[i]!.sql, result));
    },
  };
  return {
    db: counted as unknown as D1Database,
    bill: () => ({ ...total }),
    writtenTo: () => new Map(written),
  };
}
