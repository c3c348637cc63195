/** Brings a house's tables up to date, as `wrangler d1 migrations apply` does on Cloudflare. */

export type Migration = { name: string; sql: string };

/** Wrangler's own ledger, so that either may go on where the other stopped. */
const LEDGER = `
  create table if not exists d1_migrations (
    id integer primary key autoincrement,
    name text unique,
    applied_at timestamp default current_timestamp not null
  )`;

/** A trigger ends with `end`, since it holds statements of its own. */
const STATEMENT = /\s*create trigger[\s\S]*?\bend(?=;)|[^;]+/g;

const statementsOf = (sql: string): string[] =>
  sql
    .replace(/--.*$/gm, '')
    .match(STATEMENT)!
    .map((text) => text.trim())
    .filter(Boolean);

/** Applies each migration once, in the order given, each in one batch. */
export async function applyMigrations(db: D1Database, migrations: Migration[]): Promise<void> {
  await db.prepare(LEDGER).run();
  const { results } = await db.prepare('select name from d1_migrations').all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  for (const { name, sql } of migrations.filter((migration) => !applied.has(migration.name))) {
    await db.batch([
      ...statementsOf(sql).map((text) => db.prepare(text)),
      db.prepare('insert into d1_migrations (name) values (?)').bind(name),
    ]);
  }
}
