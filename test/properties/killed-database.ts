/** A database that answers `steps` statements or batches, and then no more: its process is dead. */
export function killedAfter(db: D1Database, steps: number): D1Database {
  let left = steps;
  const alive = () => {
    if (left-- <= 0) throw new Error('killed');
  };
  const watched = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name: keyof D1PreparedStatement) {
        if (name === 'bind') return (...values: unknown[]) => watched(target.bind(...values));
        if (['run', 'all', 'first', 'raw'].includes(name)) alive();
        const member = target[name] as unknown;
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
  return {
    prepare: (sql: string) => watched(db.prepare(sql)),
    batch: (statements: D1PreparedStatement[]) => {
      alive();
      return db.batch(statements);
    },
  } as D1Database;
}
