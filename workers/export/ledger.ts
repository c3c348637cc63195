/** The ledger of the night: `export_runs`, `export_loads` and `check_results`. Instants are UTC milliseconds. */
import { hash } from '../../core/hash.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import type { DestinationName, Written } from '../../platform/destination.ts';
import type { NightParams } from './env.ts';
import type { Rendered } from './render.ts';

type Attempt = { attempt: number; status: 'open' | 'closed' | 'failed' };

export const lastAttempt = (db: D1Database, run_id: string): Promise<Attempt | null> =>
  db
    .prepare('select attempt, status from export_runs where run_id = ? order by attempt desc limit 1')
    .bind(run_id)
    .first<Attempt>();

/** Opening the same attempt again changes nothing. */
export async function openRun(db: D1Database, night: NightParams, at: number): Promise<void> {
  await db
    .prepare(
      `insert into export_runs (run_id, attempt, as_of, rules_version, destinations, status, started_at)
       values (?, ?, ?, ?, ?, 'open', ?) on conflict do nothing`,
    )
    .bind(night.run_id, night.attempt, night.as_of, rulesVersion, night.to.join(','), at)
    .run();
}

export async function endRun(db: D1Database, night: NightParams, reason: string | null, at: number): Promise<void> {
  await db
    .prepare('update export_runs set status = ?, reason = ?, finished_at = ? where run_id = ? and attempt = ?')
    .bind(reason === null ? 'closed' : 'failed', reason, at, night.run_id, night.attempt)
    .run();
}

const progress: Record<string, string> = { open: 'running', closed: 'complete', failed: 'errored' };

/** The ledger about an attempt: `status` is running, complete or errored, and then `error.message` says why. */
export async function readRun(db: D1Database, run_id: string, attempt: number): Promise<object | null> {
  const run = await db
    .prepare(
      `select run_id, attempt, as_of, rules_version, destinations, status, reason, started_at, finished_at
       from export_runs where run_id = ? and attempt = ?`,
    )
    .bind(run_id, attempt)
    .first<{ status: string; reason: string | null }>();
  if (!run) return null;
  const loads = await db
    .prepare(
      `select mart, destination, load_id, attempt, status, rows_source, rows_destination, data_through
       from export_loads where run_id = ? order by destination, mart, attempt`,
    )
    .bind(run_id)
    .all();
  const { status, reason, ...rest } = run;
  return {
    ...rest,
    status: progress[status],
    ...(reason === null ? {} : { error: { message: reason } }),
    loads: loads.results,
  };
}

type Load = { mart: string; load_id: string; run_id: string; checksum_source: string; status: string };

/**
 * The load id of each rendered mart at a destination (G5), and opens a load for each that is new. A mart whose last load
 * there is this run's and closed with the same checksum keeps its id: nothing of it will be written again.
 */
export async function openLoads(
  db: D1Database,
  night: NightParams,
  house_id: string,
  destination: DestinationName,
  rendered: Rendered[],
  at: number,
): Promise<Map<string, string>> {
  const { results } = await db
    .prepare(
      `select mart, load_id, run_id, checksum_source, status from (
         select *, row_number() over (partition by mart order by started_at desc, attempt desc, load_id) as nth
         from export_loads where destination = ?
       ) where nth = 1`,
    )
    .bind(destination)
    .all<Load>();
  const last = new Map(results.map((load) => [load.mart, load]));
  const ids = new Map<string, string>();
  const opened: D1PreparedStatement[] = [];
  for (const { mart, rows, checksum, data_through } of rendered) {
    const before = last.get(mart);
    const kept = before?.run_id === night.run_id && before.checksum_source === checksum && before.status === 'closed';
    const load_id = kept
      ? before.load_id
      : hash([house_id, destination, night.run_id, mart, checksum, night.attempt].join('\n')).slice(0, 40);
    ids.set(mart, load_id);
    if (kept) continue;
    opened.push(
      db
        .prepare(
          `insert into export_loads (load_id, run_id, attempt, mart, destination, status, started_at, rows_source,
             checksum_source, data_through)
           values (?, ?, ?, ?, ?, 'open', ?, ?, ?, ?) on conflict do nothing`,
        )
        .bind(load_id, night.run_id, night.attempt, mart, destination, at, rows, checksum, data_through),
    );
  }
  if (opened.length > 0) await db.batch(opened);
  return ids;
}

/** Closes each load that holds what its source holds; the others fail. Answers the marts that differ. */
export async function closeLoads(
  db: D1Database,
  written: Written[],
  rendered: Rendered[],
  at: number,
): Promise<string[]> {
  const source = new Map(rendered.map((mart) => [mart.mart, mart]));
  const differs = ({ mart, rows, checksum }: Written): boolean =>
    source.get(mart)?.rows !== rows || source.get(mart)?.checksum !== checksum;
  if (written.length > 0)
    await db.batch(
      written.map((load) =>
        db
          .prepare(
            `update export_loads set status = ?, rows_destination = ?, checksum_destination = ?, finished_at = ?
             where load_id = ? and status <> 'closed'`,
          )
          .bind(differs(load) ? 'failed' : 'closed', load.rows, load.checksum, at, load.load_id),
      ),
    );
  return written.filter(differs).map(({ mart }) => mart);
}

/** A load left open by a publish that gave up must not be taken for one under way. */
export async function failOpenLoads(
  db: D1Database,
  night: NightParams,
  destination: string,
  at: number,
): Promise<void> {
  await db
    .prepare(
      `update export_loads set status = 'failed', finished_at = ?
       where run_id = ? and attempt = ? and destination = ? and status = 'open'`,
    )
    .bind(at, night.run_id, night.attempt, destination)
    .run();
}
