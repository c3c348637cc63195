/**
 * A house's database on node:sqlite behind D1's interface, so that the one writer's own statements
 * run thousands of times.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const folder = new URL('../../migrations/', import.meta.url);
const migrations = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

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

/** D1 takes no statement that goes beyond these. */
const limits = { exprDepth: 100, sqlLength: 100_000, variableNumber: 100 };

/** A database with its prepared statements: preparing them is what takes the time. */
type Opened = { sqlite: DatabaseSync; known: Map<string, StatementSync> };
const opened = (sqlite: DatabaseSync): Opened => ({ sqlite, known: new Map() });

function migrated(): Opened {
  const sqlite = new DatabaseSync(':memory:', { limits });
  for (const sql of migrations) sqlite.exec(sql);
  return opened(sqlite);
}

const schemaOf = (sqlite: DatabaseSync) =>
  sqlite.prepare("select name, sql from sqlite_schema where type = 'table'").all();
const asMigrated = JSON.stringify(schemaOf(migrated().sqlite));

/** Houses that were closed, emptied for whoever opens the next one. */
const spare: Opened[] = [];
/** Beyond these, statements that are never asked again would fill the memory. */
const MOST_STATEMENTS = 300;

function putBack(house: Opened): void {
  const tables = schemaOf(house.sqlite);
  if (JSON.stringify(tables) !== asMigrated || house.known.size > MOST_STATEMENTS)
    house.sqlite.close();
  else {
    for (const { name } of tables) house.sqlite.exec(`delete from ${name}`);
    spare.push(house);
  }
}

/**
 * Migrated and empty, unless a house is given; a batch is one transaction, as on D1. `close` ends
 * the use of it.
 */
export function sqliteD1(given?: DatabaseSync): { db: D1Database; close: () => void } {
  const house = given ? opened(given) : (spare.pop() ?? migrated());
  const { sqlite, known } = house;
  const total = sqlite.prepare('select total_changes() as rows');
  const changed = (): number => Number(total.get()!.rows);
  const prepare = (sql: string): Statement => {
    const prepared = known.get(sql) ?? sqlite.prepare(sql);
    known.set(sql, prepared);
    return new Statement(prepared, changed);
  };
  const batch = async (statements: Statement[]) => {
    sqlite.exec('begin');
    try {
      const results = statements.map((statement) => statement.result());
      sqlite.exec('commit');
      return results;
    } catch (error) {
      sqlite.exec('rollback');
      throw error;
    }
  };
  const close = () => (given ? given.close() : putBack(house));
  return { db: { prepare, batch } as unknown as D1Database, close };
}
