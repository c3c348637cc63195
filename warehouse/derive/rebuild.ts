/**
 * Computes again everything that is derived from the facts, and writes what differs
 * (architecture decision 3, F9).
 */
import { now } from '../../core/clock.ts';
import type { HouseConfig } from '../../core/config.ts';
import { moveHouse } from '../house.ts';
import { foldContacts } from '../people/fold.ts';
import { rowsChanged } from '../statement.ts';
import { compareAll, unsettle } from '../stored/compare.ts';
import { outdateMarts } from '../stored/mart-refreshes.ts';
import { dayOf, foldStatements, type ThingTable } from '../write/fold.ts';
import { thingTables } from '../write/things.ts';
import { refreshAll } from './refresh.ts';

/** Rows written, which are rows that differed: none where the house was in order. */
export type Rebuilt = {
  moved: boolean;
  things: number;
  agents: number;
  contacts: number;
  days: number;
  /** Contacts of whom other rows were stored than their facts give. */
  stored: number;
  derived: number;
};

/** Keeps a statement's work within what D1 allows for one. */
const PER_PASS = 2000;

/** Calls `work` with what `query` gives after the last value so far, until there is no more. */
async function inPasses<Value>(
  db: D1Database,
  query: string,
  bound: unknown[],
  start: Value,
  work: (values: Value[]) => Promise<number>,
): Promise<number> {
  let changes = 0;
  for (let after = start; ; ) {
    const { results } = await db
      .prepare(query)
      .bind(...bound, after, PER_PASS)
      .all<{ value: Value }>();
    const values = results.map(({ value }) => value);
    if (values.length === 0) return changes;
    changes += await work(values);
    after = values.at(-1)!;
  }
}

const rebuildThings = (db: D1Database, thing: ThingTable): Promise<number> =>
  inPasses(
    db,
    `select distinct thing_key as value from observations
     where kind = ? and thing_key > ? order by 1 limit ?`,
    [thing.kind],
    '',
    async (keys: string[]) => rowsChanged(await db.batch(foldStatements(db, thing, keys))),
  );

/** A name may be spelt in several ways: the smallest stands. */
const AGENTS = `insert into agents (agent_id, name)
  select stated ->> 'agent_id', min(stated ->> 'agent') from observations
  where stated ->> 'agent_id' is not null group by 1
  on conflict do update set name = excluded.name where excluded.name <> agents.name`;

const stampDays = (table: string, name: string): string =>
  `update ${table} set ${name}_day = ${dayOf(`${name}_at`)}
   where contact_id in (select value from json_each(?)) and ${name}_day <> ${dayOf(`${name}_at`)}`;

/**
 * Folds every thing and contact from its observations, stamps the business days in the zone of the
 * configuration, and derives histories and summaries as of now. Messages, events, suppressions and
 * merges are facts and stay as they are. Safe to repeat, and while facts land.
 */
export async function rebuild(db: D1Database, config: HouseConfig): Promise<Rebuilt> {
  const moved = await moveHouse(db, config);
  let things = 0;
  for (const thing of thingTables) things += await rebuildThings(db, thing);
  const agents = (await db.prepare(AGENTS).run()).meta.changes;
  let days = 0;
  const contacts = await inPasses(
    db,
    'select contact_id as value from contacts where contact_id > ? order by 1 limit ?',
    [],
    0,
    async (ids: number[]) => {
      const stamps = [
        stampDays('email_messages', 'created'),
        stampDays('email_events', 'occurred'),
      ];
      days += rowsChanged(
        await db.batch(stamps.map((sql) => db.prepare(sql).bind(JSON.stringify(ids)))),
      );
      return (await foldContacts(db, ids).run()).meta.changes;
    },
  );
  const { wrong } = await compareAll(db, now(config));
  await unsettle(db, wrong);
  const derived = await refreshAll(db, now(config));
  await outdateMarts(db).run();
  return { moved, things, agents, contacts, days, stored: wrong.length, derived };
}
