/**
 * Takes back what one import brought and nobody else states: a house where it was undone is the
 * house that it would be had the file never been imported (V21).
 */
import { now } from '../../core/clock.ts';
import type { FactsConfig } from '../../core/config.ts';
import { Fault } from '../../core/faults.ts';
import { refreshContacts } from '../derive/refresh.ts';
import { rowsChanged } from '../statement.ts';
import { foldStatements } from '../write/fold.ts';
import { thingTables } from '../write/things.ts';
import { importOf, markUndone } from './ledger.ts';
import { forgetAgents } from './named.ts';
import { leaveContacts, othersIn } from './people.ts';
import { resolveAnew } from './resolve-anew.ts';
import { refuseChanged, whatIsLeft } from './support.ts';
import { concernedBy, isOf, takeOut } from './take-out.ts';

export type Undone = {
  /** Whether nothing is left of the import; else call again. */
  is_undone: boolean;
  /** Facts that are gone, and those that stay, since another import states them too. */
  removed: number;
  kept: number;
  /** People who are gone with them. */
  people: number;
};

const FACTS_PER_PAGE = 500;
const PAGES_PER_CALL = 20;
const ATTEMPTS = 5;

/**
 * Undoes some thousand facts of the import, page by page, each in one batch; to be called until
 * `is_undone`. Safe to repeat, and while facts land. Throws `Fault('not_found')`.
 */
export async function undoImport(
  db: D1Database,
  import_id: number,
  config: FactsConfig,
): Promise<Undone> {
  await importOf(db, import_id);
  const at = now(config);
  const undone: Undone = { is_undone: false, removed: 0, kept: 0, people: 0 };
  undone.kept += rowsChanged(await db.batch(leaveToOthers(db, import_id)));
  undone.removed += rowsChanged(await db.batch([forgetWaiting(db, import_id)]));
  for (let page = 0; page < PAGES_PER_CALL; page++) {
    const contact_ids = await contactsOf(db, import_id);
    if (contact_ids.length > 0) {
      const { removed, people } = await undoContacts(db, contact_ids, import_id, config);
      undone.removed += removed;
      undone.people += people;
      continue;
    }
    const removed = await undoOfNobody(db, import_id);
    undone.removed += removed;
    if (removed > 0) continue;
    await forgetAgents(db);
    await markUndone(db, import_id, at);
    return { ...undone, is_undone: true };
  }
  return undone;
}

/** Where another import states a fact too, it is no longer this one's. */
function leaveToOthers(db: D1Database, import_id: number): D1PreparedStatement[] {
  const without = (column: string, path: string): string => `
    json_set(${column}, '${path}', json((select json_group_array(value) from (
      select value from json_each(${column}, '${path}') where value <> ${import_id} order by 1))))`;
  const isBoth = (column: string, path: string): string => `
    json_array_length(${column}, '${path}') > 1 and exists (
      select 1 from json_each(${column}, '${path}') where value = ${import_id})`;
  return [
    ['observations', 'imports', '$'] as const,
    ['email_events', 'imported', '$.imports'] as const,
    ['waiting_facts', 'fact', '$.imports'] as const,
  ].map(([table, column, path]) =>
    db.prepare(
      `update ${table} set ${column} = ${without(column, path)}
       where ${column} is not null and ${isBoth(column, path)}`,
    ),
  );
}

const forgetWaiting = (db: D1Database, import_id: number): D1PreparedStatement =>
  db.prepare(`delete from waiting_facts where json_extract(fact, '$.imports') = '[${import_id}]'`);

/** The next contacts of whom the import states something. */
async function contactsOf(db: D1Database, import_id: number): Promise<number[]> {
  const { observation, event } = isOf(import_id);
  const { results } = await db
    .prepare(
      `select distinct contact_id from (
         select case when o.kind = 'contact' then cast(o.thing_key as integer)
           else coalesce((select survivor_id from merges where loser_id = o.contact_id),
             o.contact_id) end as contact_id
         from observations o where ${observation} and o.contact_id is not null
         union all
         select e.contact_id from email_events e where ${event}
         limit ${FACTS_PER_PAGE})`,
    )
    .all<{ contact_id: number }>();
  return results.map(({ contact_id }) => contact_id);
}

async function undoContacts(
  db: D1Database,
  contact_ids: number[],
  import_id: number,
  config: FactsConfig,
): Promise<{ removed: number; people: number }> {
  for (let attempt = 1; ; attempt++)
    try {
      return await undoUnraced(db, contact_ids, import_id, config);
    } catch (error) {
      if (!/CHECK constraint/i.test(String(error))) throw error;
      if (attempt === ATTEMPTS)
        throw new Fault('storage_busy', 'other writers kept changing the same people');
    }
}

async function undoUnraced(
  db: D1Database,
  contact_ids: number[],
  import_id: number,
  config: FactsConfig,
): Promise<{ removed: number; people: number }> {
  const taken = { import_id };
  const left = await whatIsLeft(db, contact_ids, import_id);
  const plain = [...left.gone, ...left.stay];
  if (plain.length > 0) {
    const concerned = await concernedBy(db, plain, taken);
    const results = await db.batch<{ contact_id?: number }>([
      refuseChanged(db, plain, import_id, left.seen),
      ...takeOut(db, plain, taken, concerned),
      ...(await leaveContacts(db, left, concerned, config.CONTACT_KEY_SECRET)),
    ]);
    await refreshContacts(db, [...plain, ...othersIn(results)], now(config));
  }
  let people = left.gone.length;
  for (const contact_id of left.split)
    if (await resolveAnew(db, contact_id, import_id, left.seen, config)) people++;
  const removed = left.seen.reduce((sum, { taken }) => sum + taken, 0);
  return { removed, people };
}

/** Campaigns, spending and the like: things of no contact. */
async function undoOfNobody(db: D1Database, import_id: number): Promise<number> {
  const { observation } = isOf(import_id);
  let removed = 0;
  for (const thing of thingTables.filter(({ key }) => !key.includes('contact_id'))) {
    const { results } = await db
      .prepare(
        `select distinct o.thing_key as key from observations o
         where o.kind = ? and ${observation} limit ${FACTS_PER_PAGE}`,
      )
      .bind(thing.kind)
      .all<{ key: string }>();
    if (results.length === 0) continue;
    const keys = results.map(({ key }) => key);
    const [facts] = await db.batch([
      db
        .prepare(
          `delete from observations as o where o.kind = ?1 and ${observation}
             and o.thing_key in (select value from json_each(?2))`,
        )
        .bind(thing.kind, JSON.stringify(keys)),
      db
        .prepare(
          `delete from ${thing.table}
           where ${thing.key.at(-1)} in (select value from json_each(?))`,
        )
        .bind(JSON.stringify(keys)),
      ...foldStatements(db, thing, keys),
    ]);
    removed += facts!.meta.changes;
  }
  return removed;
}
