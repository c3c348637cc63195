/** The reference of gates 3 and 17: the facts' own rows, inserted as fast as SQLite can. */
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Fact } from '../core/facts/fact.ts';
import { columnsOf } from '../warehouse/schema/columns.ts';
import { emailEvents, observations } from '../warehouse/schema/index.ts';
import { ownCpu } from './measure.ts';

/** It is brief; it runs as often as makes the two sides of a pair alike in length. */
const REPEATS = 20;

const migrations = new URL('../migrations/', import.meta.url);
const schema = readdirSync(migrations)
  .sort()
  .map((name) => readFileSync(new URL(name, migrations), 'utf8'))
  .join('\n');

type Cells = Record<string, SQLInputValue | undefined>;

/** The row that each fact is stored as: an event, or an observation. */
const cellsOf = (fact: Fact, i: number): Cells =>
  fact.kind === 'email_event'
    ? {
        ...(fact as unknown as Cells),
        contact_id: i,
        message_id: fact.message_id ?? fact.event_id,
        occurred_day: '2026-01-01',
        landed_at: 0,
      }
    : {
        ...(fact as unknown as Cells),
        contact_id: i,
        stated: JSON.stringify(fact.stated),
        landed_at: 0,
      };

const tables = { email_events: columnsOf(emailEvents), observations: columnsOf(observations) };
type Table = keyof typeof tables;

const insertInto = (table: Table): string =>
  `insert into ${table} (${tables[table].join(', ')})
   values (${tables[table].map(() => '?').join(', ')})`;

/**
 * CPU ms of one transaction of prepared inserts into empty tables in memory; the rows are made
 * before, outside the time taken.
 */
export async function cpuOfInserts(facts: Fact[]): Promise<number> {
  const rows = facts.map((fact, i) => {
    const table: Table = fact.kind === 'email_event' ? 'email_events' : 'observations';
    const cells = cellsOf(fact, i);
    return { table, row: tables[table].map((name) => cells[name] ?? null) };
  });
  let spent = 0;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const db = new DatabaseSync(':memory:');
    db.exec(schema);
    spent += await ownCpu(() => {
      db.exec('begin');
      const inserts = {
        email_events: db.prepare(insertInto('email_events')),
        observations: db.prepare(insertInto('observations')),
      };
      for (const { table, row } of rows) inserts[table].run(...row);
      db.exec('commit');
    });
    db.close();
  }
  return spent / REPEATS;
}
