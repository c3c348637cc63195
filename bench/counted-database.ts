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

export type CountedDatabase = { db: D1Database; bill(): Bill };

/** Counts from now on; `bill` answers all until now. */
export function countedDatabase(db: D1Database): CountedDatabase {
  const total: Bill = { calls: 0, queries: 0, written: 0, read: 0 };
  const note = <T extends D1Result>(result: T): T => {
    total.queries += 1;
    total.written += result.meta.rows_written;
    total.read += result.meta.rows_read;
    return result;
  };
  const ask = async (statement: D1PreparedStatement): Promise<D1Result> => {
    total.calls += 1;
    return note(await statement.all());
  };
  const originals = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => wrap(statement.bind(...values)),
      all: () => ask(statement),
      run: () => ask(statement),
      first: async (column?: string) => {
        const row = (await ask(statement)).results[0] as Record<string, unknown> | undefined;
        return column === undefined ? (row ?? null) : (row?.[column] ?? null);
      },
      raw: async ({ columnNames = false } = {}) => {
        const { results } = await ask(statement);
        const rows = results.map((row) => Object.values(row as object));
        return columnNames ? [Object.keys((results[0] as object) ?? {}), ...rows] : rows;
      },
    } as unknown as D1PreparedStatement;
    originals.set(wrapped, statement);
    return wrapped;
  };
  const counted = {
    prepare: (sql: string) => wrap(db.prepare(sql)),
    batch: async (statements: D1PreparedStatement[]) => {
      total.calls += 1;
      return (await db.batch(statements.map((each) => originals.get(each)!))).map(note);
    },
  };
  return { db: counted as unknown as D1Database, bill: () => ({ ...total }) };
}
