/**
 * Large houses: people written through the house's own writer, then doubled by the engine until
 * there are enough of them.
 */
import { refreshAll, refreshUnsettled } from '../warehouse/derive/refresh.ts';
import { type BenchHouse, loadPeople } from './house.ts';
import { AS_OF } from './synthetic-facts.ts';

/** People who are written one by one; whoever comes after them is a copy of one of them. */
export const WRITTEN = 5000;
/** Contacts copied by one statement, so that none takes long. */
const AT_ONCE = 20_000;
/**
 * A copy's instants are as much later, so that no two people did everything in the same
 * millisecond.
 */
const LATER_MS = 37;

const keys = [
  'contact_key',
  'call_key',
  'purchase_key',
  'interaction_key',
  'message_id',
  'event_id',
  'refund_of_key',
  'thing_key',
  'observation_key',
  'value',
  'address',
];

/**
 * Tables whose rows belong to a contact. `columns` gives a table's columns, in the words of its
 * engine.
 */
const tables = [
  'contacts',
  'identities',
  'observations',
  'interactions',
  'calls',
  'purchases',
  'email_messages',
  'email_events',
  'suppressions',
  'status_changes',
  'contact_summary',
];

/**
 * Runs a statement of an engine that holds the house; `columns` gives the columns of one of its
 * tables.
 */
export type Engine = {
  run(sql: string): Promise<unknown>;
  columns(table: string): Promise<string[]>;
};

/**
 * Copies contacts 1 to `people` of a house of WRITTEN contacts until there are `people`, by the
 * same statements on any engine. What stored views keep is not copied: copies are unsettled.
 */
export async function copyPeople({ run, columns }: Engine, people: number): Promise<void> {
  for (let there = WRITTEN, doubling = 1; there < people; there *= 2, doubling++)
    for (const table of tables) {
      const names = await columns(table);
      const values = names.map((name) => {
        if (name === 'contact_id') return `contact_id + ${there}`;
        if (name === 'valid_until') return '0';
        if (keys.includes(name)) return `${name} || '~${doubling}'`;
        return /_at$/.test(name) ? `${name} + ${doubling * LATER_MS}` : name;
      });
      const last = Math.min(there, people - there);
      for (let lo = 1; lo <= last; lo += AT_ONCE)
        await run(
          `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table}
           where contact_id between ${lo} and ${Math.min(last, lo + AT_ONCE - 1)}`,
        );
    }
}

const ofD1 = (db: D1Database): Engine => ({
  run: (sql) => db.prepare(sql).run(),
  columns: async (table) =>
    (
      await db.prepare(`select name from pragma_table_info('${table}')`).all<{ name: string }>()
    ).results.map(({ name }) => name),
});

/**
 * Fills an empty house with `people`, derived as of AS_OF. `beforeCopies` runs while it holds only
 * those who are written.
 */
export async function loadHouse(
  house: BenchHouse,
  people: number,
  beforeCopies = async () => {},
): Promise<void> {
  await loadPeople(house, 0, Math.min(people, WRITTEN));
  await refreshAll(house.db, AS_OF);
  await beforeCopies();
  await copyPeople(ofD1(house.db), people);
  await refreshUnsettled(house.db, AS_OF);
}
