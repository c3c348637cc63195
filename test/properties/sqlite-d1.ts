/**
 * A house's database on node:sqlite behind D1's interface, so that the one writer's own statements
 * run thousands of times.
 */
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { openMigrated } from '../migrated-sqlite.ts';

class Statement {
  private readonly prepared: StatementSync;
  /** Rows changed on this connection so far. */
  private readonly changed: () => number;
  private readonly values: SQLInputValue[];

  constructor(prepared: StatementSync, changed: () => number, values: SQLInputValue[] = []) {
    this.prepared = prepared;
    this.changed = changed;
    this.values = values;
  }

  bind(...values: SQLInputValue[]): Statement {
    return new Statement(this.prepared, this.changed, values);
  }

  rows(): Record<string, unknown>[] {
    return this.prepared.all(...this.values).map((row) => ({ ...row }));
  }

  async all(): Promise<{ results: Record<string, unknown>[] }> {
    return { results: this.rows() };
  }

  async raw(): Promise<unknown[][]> {
    return this.rows().map((row) => Object.values(row));
  }

  result() {
    const before = this.changed();
    return { results: this.rows(), meta: { changes: this.changed() - before, duration: 0 } };
  }

  async run() {
    return this.result();
  }

  async first(): Promise<Record<string, unknown> | null> {
    return this.rows()[0] ?? null;
  }
}

/**
 * Migrated and empty, unless a house is given; a batch is one transaction, as on D1. `close` ends
 * the use of it.
 */
export function sqliteD1(house = openMigrated()): { db: D1Database; close: () => void } {
  const { db } = house;
  const total = db.prepare('select total_changes() as rows');
  const changed = (): number => Number(total.get()!.rows);
  const prepare = (sql: string): Statement => new Statement(house.prepare(sql), changed);
  const batch = async (statements: Statement[]) => {
    db.exec('begin');
    try {
      const results = statements.map((statement) => statement.result());
      db.exec('commit');
      return results;
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  };
  return { db: { prepare, batch } as unknown as D1Database, close: () => house.close() };
}
