/** A house that stored one `source` goes on with its origin in three columns (V19, 0015). */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { expect, it } from 'vitest';
import { callMedium, callProviders } from '../../core/facts/origin.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { MigratedSqlite } from '../migrated-sqlite.ts';
import { drawnHistory } from '../properties/drawn-history.ts';
import { config } from '../properties/small-house.ts';
import { sqliteD1 } from '../properties/sqlite-d1.ts';
import { publishedMarts } from '../season/published-marts.ts';
import { random } from '../views/random-house.ts';

type Row = Record<string, SQLInputValue>;

const AS_OF = Date.UTC(2026, 5, 30, 12);
const folder = new URL('../../migrations/', import.meta.url);
const migrations = readdirSync(folder).sort();

function migrated(names: string[], db = new DatabaseSync(':memory:')): DatabaseSync {
  for (const name of names) db.exec(readFileSync(new URL(name, folder), 'utf8'));
  return db;
}

const tablesOf = (db: DatabaseSync): string[] =>
  db
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all()
    .map(({ name }) => String(name));
const rowsOf = (db: DatabaseSync, table: string): Row[] =>
  db
    .prepare(`select * from ${table}`)
    .all()
    .map((row) => ({ ...row })) as Row[];
const allRows = (db: DatabaseSync) =>
  Object.fromEntries(tablesOf(db).map((table) => [table, rowsOf(db, table)]));

/** Every kind of fact, calls with their medium as the parsers state it. */
function drawnFacts() {
  const next = random(7);
  const facts = Array.from({ length: 40 }, (_, no) => drawnHistory(no, next)).flat();
  return facts.map((fact) =>
    fact.kind === 'call' ? { ...fact, medium: callMedium(fact.provider) } : fact,
  );
}

const isByHand = (provider: unknown): boolean => !callProviders.includes(String(provider));

/** A row as the version before stored it: a call stated its source again, unless logged by hand. */
function earlierRow(table: string, row: Row): Row {
  const { provider, account: _, medium: __, ...rest } = row;
  if (provider === undefined) return row;
  if (table === 'calls') return { ...rest, source: isByHand(provider) ? 'manual' : provider };
  if (table !== 'observations' || rest.kind !== 'call') return { ...rest, source: provider };
  const stated = JSON.parse(String(rest.stated));
  if (!isByHand(provider)) stated.source = provider;
  else if (rest.observed_at === rest.landed_at) stated.source = 'manual';
  return { ...rest, source: provider, stated: JSON.stringify(stated) };
}

function insert(db: DatabaseSync, table: string, rows: Row[]): void {
  const stored = db.prepare('select name from pragma_table_info(?)').all(table);
  const names = stored.map(({ name }) => String(name)).filter((name) => name in (rows[0] ?? {}));
  const holes = names.map(() => '?').join(', ');
  for (const row of rows)
    db.prepare(`insert into ${table} (${names.join(', ')}) values (${holes})`).run(
      ...names.map((name) => row[name]!),
    );
}

it('holds the same rows as a house of this version, so it publishes the same marts', async () => {
  const present = migrated(migrations);
  const house = sqliteD1(new MigratedSqlite(present));
  await ensureHouse(house.db, config);
  await writeFacts(house.db, drawnFacts(), config);

  // A house of before has stored nothing yet, and kept no addresses.
  present.exec('update house set stored_for = null');
  present.exec('update observations set addresses = null');

  const past = migrated(migrations.filter((name) => name < '0015'));
  for (const [table, rows] of Object.entries(allRows(present)))
    insert(
      past,
      table === 'enrolments' ? 'campaign_contacts' : table,
      rows.map((row) => earlierRow(table, row)),
    );
  migrated(
    migrations.filter((name) => name >= '0015'),
    past,
  );

  expect(new Set(rowsOf(past, 'calls').map(({ medium }) => medium))).toHaveProperty('size', 2);
  expect(allRows(past)).toEqual(allRows(present));
  const { db } = sqliteD1(new MigratedSqlite(past));
  expect(await publishedMarts(db, AS_OF)).toEqual(await publishedMarts(house.db, AS_OF));
});
