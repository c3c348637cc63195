/**
 * The ledger of what was published, `export_loads`: open → written → verified → closed, or failed.
 * Each step is one statement and may be repeated. Instants are UTC milliseconds.
 */
import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import type { DestinationName } from '../../core/destinations.ts';
import { hash } from '../../core/hash.ts';
import { insertRows } from '../insert-rows.ts';
import { exportLoads } from '../schema/index.ts';
import { isAmong } from '../statement.ts';
import type { NightParams } from './night-params.ts';

export type ExportLoad = typeof exportLoads.$inferSelect;

/** A rendered mart, as its load records it. */
export type LoadSource = {
  mart: string;
  rows: number;
  checksum: string;
  data_through: number | null;
};

/** What a destination gives back of a load. */
export type LoadReadBack = { load_id: string; rows: number; checksum: string; notes?: string[] };

/** Mart → load id. */
export type LoadIds = Record<string, string>;

const isOneOf = (ids: LoadIds) => isAmong(exportLoads.load_id, Object.values(ids));

const LAST_LOADS = `
  select mart, load_id, run_id, checksum_source, status from (
    select *, row_number() over (
      partition by mart order by started_at desc, attempt desc, load_id) as place
    from export_loads where destination = ?
  ) where place = 1`;

type LastLoad = Pick<ExportLoad, 'mart' | 'load_id' | 'run_id' | 'checksum_source' | 'status'>;

/** The last load of each mart at a destination. */
async function lastLoads(
  db: D1Database,
  destination: DestinationName,
): Promise<Map<string, LastLoad>> {
  const { results } = await db.prepare(LAST_LOADS).bind(destination).all<LastLoad>();
  return new Map(results.map((load) => [load.mart, load]));
}

/**
 * The load id of each rendered mart at a destination (G5), and opens a load for each that is new. A
 * mart whose last load there is this run's and closed with the same checksum keeps its id: nothing
 * of it will be written again.
 */
export async function openLoads(
  db: D1Database,
  night: NightParams,
  house_id: string,
  destination: DestinationName,
  rendered: LoadSource[],
  at: number,
): Promise<LoadIds> {
  const last = await lastLoads(db, destination);
  const { run_id, attempt } = night;
  const ids: LoadIds = {};
  const opened: (typeof exportLoads.$inferInsert)[] = [];
  for (const { mart, rows, checksum, data_through } of rendered) {
    const before = last.get(mart);
    const isKept =
      before?.run_id === run_id &&
      before.checksum_source === checksum &&
      before.status === 'closed';
    const load_id = isKept
      ? before.load_id
      : hash([house_id, destination, run_id, mart, checksum, attempt].join('\n')).slice(0, 40);
    ids[mart] = load_id;
    if (!isKept)
      opened.push({
        load_id,
        run_id,
        attempt,
        mart,
        destination,
        status: 'open',
        started_at: at,
        rows_source: rows,
        checksum_source: checksum,
        data_through,
      });
  }
  const inserts = insertRows(db, exportLoads, opened, 'on conflict do nothing');
  if (inserts.length > 0) await db.batch(inserts);
  return ids;
}

const NOTE_WRITTEN = `
  update export_loads set
    status = case when status = 'closed' and rows_source = value ->> 'rows'
      and checksum_source = value ->> 'checksum' then 'closed' else 'written' end,
    rows_destination = value ->> 'rows',
    checksum_destination = value ->> 'checksum',
    note = coalesce(value ->> 'note', note)
  from json_each(?) where load_id = value ->> 'load_id'`;

/** What the destination gave back of each load, and what people should know of it. */
export async function noteWritten(db: D1Database, written: LoadReadBack[]): Promise<void> {
  const found = written.map(({ load_id, rows, checksum, notes }) => ({
    load_id,
    rows,
    checksum,
    note: notes?.join('\n') ?? null,
  }));
  await db.prepare(NOTE_WRITTEN).bind(JSON.stringify(found)).run();
}

/**
 * Verifies the written loads that hold what their source holds; the others fail. Answers the marts
 * that differ or are missing.
 */
export async function verifyLoads(db: D1Database, ids: LoadIds, at: number): Promise<string[]> {
  const { rows_source, rows_destination, checksum_source, checksum_destination } = exportLoads;
  const isWhole = sql`${rows_source} = ${rows_destination}
    and ${checksum_source} = ${checksum_destination}`;
  const orm = drizzle(db);
  await orm
    .update(exportLoads)
    .set({
      status: sql`case when ${isWhole} then 'verified' else 'failed' end`,
      finished_at: at,
    })
    .where(and(eq(exportLoads.status, 'written'), isOneOf(ids)))
    .run();
  const differing = await orm
    .select({ mart: exportLoads.mart })
    .from(exportLoads)
    .where(and(notInArray(exportLoads.status, ['verified', 'closed']), isOneOf(ids)))
    .orderBy(asc(exportLoads.mart));
  return differing.map(({ mart }) => mart);
}

/** Closes the verified loads of a destination, all at once. */
export async function closeLoads(db: D1Database, ids: LoadIds, at: number): Promise<void> {
  await drizzle(db)
    .update(exportLoads)
    .set({ status: 'closed', finished_at: at })
    .where(and(eq(exportLoads.status, 'verified'), isOneOf(ids)))
    .run();
}

/** Fails the loads that a publish left under way when it gave up. */
export async function failOpenLoads(
  db: D1Database,
  night: NightParams,
  destination: DestinationName,
  at: number,
): Promise<void> {
  await drizzle(db)
    .update(exportLoads)
    .set({ status: 'failed', finished_at: at })
    .where(
      and(
        eq(exportLoads.run_id, night.run_id),
        eq(exportLoads.attempt, night.attempt),
        eq(exportLoads.destination, destination),
        inArray(exportLoads.status, ['open', 'written', 'verified']),
      ),
    )
    .run();
}

/** Every load of a run. */
export const readLoads = (db: D1Database, run_id: string) =>
  drizzle(db)
    .select({
      mart: exportLoads.mart,
      destination: exportLoads.destination,
      load_id: exportLoads.load_id,
      attempt: exportLoads.attempt,
      status: exportLoads.status,
      rows_source: exportLoads.rows_source,
      rows_destination: exportLoads.rows_destination,
      data_through: exportLoads.data_through,
      note: exportLoads.note,
    })
    .from(exportLoads)
    .where(eq(exportLoads.run_id, run_id))
    .orderBy(asc(exportLoads.destination), asc(exportLoads.mart), asc(exportLoads.attempt));
