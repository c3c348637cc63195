/**
 * The ledger of what was published, `export_loads`: open → written → verified → closed, or failed. Each step is one
 * statement and may be repeated. Instants are UTC milliseconds.
 */

import type { DestinationName } from '../../core/destinations.ts';
import { hash } from '../../core/hash.ts';
import type { NightParams } from './night-params.ts';

/** A rendered mart, as its load records it. */
export type LoadSource = {
  mart: string;
  rows: number;
  checksum: string;
  data_through: number | null;
};

/** What a destination gives back of a load. */
export type LoadReadBack = { load_id: string; rows: number; checksum: string; notes?: string[] };

type Last = {
  mart: string;
  load_id: string;
  run_id: string;
  checksum_source: string;
  status: string;
};

/** Mart → load id. */
export type LoadIds = Record<string, string>;

const listOf = (ids: LoadIds): string => JSON.stringify(Object.values(ids));

/** The last load of each mart at a destination. */
async function lastLoads(db: D1Database, destination: DestinationName): Promise<Map<string, Last>> {
  const { results } = await db
    .prepare(
      `select mart, load_id, run_id, checksum_source, status from (
         select *, row_number() over (partition by mart order by started_at desc, attempt desc, load_id) as nth
         from export_loads where destination = ?
       ) where nth = 1`,
    )
    .bind(destination)
    .all<Last>();
  return new Map(results.map((load) => [load.mart, load]));
}

/**
 * The load id of each rendered mart at a destination (G5), and opens a load for each that is new. A mart whose last load
 * there is this run's and closed with the same checksum keeps its id: nothing of it will be written again.
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
  const opened: object[] = [];
  for (const { mart, rows, checksum, data_through } of rendered) {
    const before = last.get(mart);
    const kept =
      before?.run_id === run_id &&
      before.checksum_source === checksum &&
      before.status === 'closed';
    const load_id = kept
      ? before.load_id
      : hash([house_id, destination, run_id, mart, checksum, attempt].join('\n')).slice(0, 40);
    ids[mart] = load_id;
    if (!kept) opened.push({ load_id, mart, rows, checksum, data_through });
  }
  await db
    .prepare(
      `insert into export_loads (load_id, run_id, attempt, mart, destination, status, started_at, rows_source,
         checksum_source, data_through)
       select value ->> 'load_id', ?1, ?2, value ->> 'mart', ?3, 'open', ?4, value ->> 'rows', value ->> 'checksum',
         value ->> 'data_through'
       from json_each(?5) where true on conflict do nothing`,
    )
    .bind(run_id, attempt, destination, at, JSON.stringify(opened))
    .run();
  return ids;
}

/** What the destination gave back of each load, and what people should know of it. */
export async function noteWritten(db: D1Database, written: LoadReadBack[]): Promise<void> {
  const found = written.map(({ load_id, rows, checksum, notes }) => ({
    load_id,
    rows,
    checksum,
    note: notes?.join('\n') ?? null,
  }));
  await db
    .prepare(
      `update export_loads set
         status = case when status = 'closed' and rows_source = value ->> 'rows'
           and checksum_source = value ->> 'checksum' then 'closed' else 'written' end,
         rows_destination = value ->> 'rows', checksum_destination = value ->> 'checksum',
         note = coalesce(value ->> 'note', note)
       from json_each(?) where load_id = value ->> 'load_id'`,
    )
    .bind(JSON.stringify(found))
    .run();
}

/** Verifies the written loads that hold what their source holds; the others fail. Answers the marts that differ or are missing. */
export async function verifyLoads(db: D1Database, ids: LoadIds, at: number): Promise<string[]> {
  await db
    .prepare(
      `update export_loads set
         status = case when rows_source = rows_destination and checksum_source = checksum_destination
           then 'verified' else 'failed' end,
         finished_at = ?1
       where status = 'written' and load_id in (select value from json_each(?2))`,
    )
    .bind(at, listOf(ids))
    .run();
  const { results } = await db
    .prepare(
      `select mart from export_loads
       where status not in ('verified', 'closed') and load_id in (select value from json_each(?)) order by mart`,
    )
    .bind(listOf(ids))
    .all<{ mart: string }>();
  return results.map(({ mart }) => mart);
}

/** Closes the verified loads of a destination, all at once. */
export async function closeLoads(db: D1Database, ids: LoadIds, at: number): Promise<void> {
  await db
    .prepare(
      `update export_loads set status = 'closed', finished_at = ?
       where status = 'verified' and load_id in (select value from json_each(?))`,
    )
    .bind(at, listOf(ids))
    .run();
}

/** A load left under way by a publish that gave up must not be taken for one that goes on. */
export async function failOpenLoads(
  db: D1Database,
  night: NightParams,
  destination: DestinationName,
  at: number,
): Promise<void> {
  await db
    .prepare(
      `update export_loads set status = 'failed', finished_at = ?
       where run_id = ? and attempt = ? and destination = ? and status in ('open', 'written', 'verified')`,
    )
    .bind(at, night.run_id, night.attempt, destination)
    .run();
}

/** Every load of a run. */
export async function readLoads(db: D1Database, run_id: string): Promise<object[]> {
  const { results } = await db
    .prepare(
      `select mart, destination, load_id, attempt, status, rows_source, rows_destination, data_through, note
       from export_loads where run_id = ? order by destination, mart, attempt`,
    )
    .bind(run_id)
    .all();
  return results as object[];
}
