/**
 * The migrated tables on node:sqlite, in memory. A test over many small houses spends its time on
 * preparing the same long statements for each, so a database that is closed is emptied and used
 * again, with the statements that it knows.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

const folder = new URL('../migrations/', import.meta.url);
const migrations = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

/** D1 takes no statement that goes beyond these. */
const limits = { exprDepth: 100, sqlLength: 100_000, variableNumber: 100 };
/** Beyond these, statements that are never asked again would fill the memory. */
const MOST_STATEMENTS = 300;

function migrated(): DatabaseSync {
  const db = new DatabaseSync(':memory:', { limits });
  for (const sql of migrations) db.exec(sql);
  return db;
}

export class MigratedSqlite {
  readonly db: DatabaseSync;
  readonly #known = new Map<string, StatementSync>();

  /** `db` is one that a test migrates itself. */
  constructor(db = migrated()) {
    this.db = db;
  }

  /** Prepares a statement once. */
  prepare(sql: string): StatementSync {
    const statement = this.#known.get(sql) ?? this.db.prepare(sql);
    this.#known.set(sql, statement);
    return statement;
  }

  /** The tables, as the migrations or a test left them. */
  tables(): { name: string; sql: string }[] {
    return this.db.prepare("select name, sql from sqlite_schema where type = 'table'").all() as {
      name: string;
      sql: string;
    }[];
  }

  /** Whether it can be used again. */
  get isReusable(): boolean {
    return this.#known.size <= MOST_STATEMENTS && JSON.stringify(this.tables()) === asMigrated;
  }

  /** Deletes the rows of every table but those of `kept`. */
  empty(kept: readonly string[] = []): void {
    for (const { name } of this.tables())
      if (!kept.includes(name)) this.db.exec(`delete from ${name}`);
  }

  close(): void {
    if (!this.isReusable) return void this.db.close();
    this.empty();
    spare.push(this);
  }
}

const asMigrated = JSON.stringify(new MigratedSqlite().tables());
const spare: MigratedSqlite[] = [];

/** An empty one. */
export const openMigrated = (): MigratedSqlite => spare.pop() ?? new MigratedSqlite();
