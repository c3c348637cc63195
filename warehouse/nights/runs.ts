/** The ledger of the nights, `export_runs`: one night at a time. Instants are UTC milliseconds. */

import { type DestinationName, destinationNames } from '../../core/destinations.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import { readLoads } from './loads.ts';
import type { NightParams } from './night-params.ts';

type Run = { run_id: string; attempt: number; as_of: number; destinations: string };

const namesOf = ({ destinations }: Pick<Run, 'destinations'>): DestinationName[] =>
  destinations.split(',') as DestinationName[];

/**
 * Opens the next attempt of a run, unless a night is open; null where one is. One statement, so that of two who ask at once
 * one gets it.
 */
export async function claimNight(
  db: D1Database,
  night: Omit<NightParams, 'attempt'>,
  at: number,
): Promise<NightParams | null> {
  const claimed = await db
    .prepare(
      `insert into export_runs (run_id, attempt, as_of, rules_version, destinations, status, started_at, alive_at)
       select ?1, coalesce((select max(attempt) from export_runs where run_id = ?1), 0) + 1, ?2, ?3, ?4, 'open', ?5, ?5
       where not exists (select 1 from export_runs where status = 'open')
       returning attempt`,
    )
    .bind(night.run_id, night.as_of, rulesVersion, night.to.join(','), at)
    .first<{ attempt: number }>();
  return claimed && { ...night, attempt: claimed.attempt };
}

/** The night that is open, with its last sign of life. */
export async function openNight(
  db: D1Database,
): Promise<(NightParams & { alive_at: number }) | null> {
  const run = await db
    .prepare(
      `select run_id, attempt, as_of, destinations, coalesce(alive_at, started_at) as alive_at
       from export_runs where status = 'open' order by started_at desc limit 1`,
    )
    .first<Run & { alive_at: number }>();
  if (!run) return null;
  const { run_id, attempt, as_of, alive_at } = run;
  return { run_id, attempt, as_of, to: namesOf(run), alive_at };
}

/** Notes that a night is under way. Throws where it was given up meanwhile, so that it does not go on beside its successor. */
export async function keepAlive(
  db: D1Database,
  { run_id, attempt }: NightParams,
  at: number,
): Promise<void> {
  const { meta } = await db
    .prepare(
      "update export_runs set alive_at = ? where run_id = ? and attempt = ? and status = 'open'",
    )
    .bind(at, run_id, attempt)
    .run();
  if (meta.changes === 0) throw new Error(`night ${run_id}-${attempt} is no longer open`);
}

/** Closes a night, or fails it for a reason; one that has ended stays as it ended. */
export async function endNight(
  db: D1Database,
  { run_id, attempt }: NightParams,
  reason: string | null,
  at: number,
): Promise<void> {
  await db
    .prepare(
      `update export_runs set status = ?, reason = ?, finished_at = ?
       where run_id = ? and attempt = ? and status = 'open'`,
    )
    .bind(reason === null ? 'closed' : 'failed', reason, at, run_id, attempt)
    .run();
}

/** How often publishing the night of `as_of` has failed, by destination. */
export async function failedAttempts(
  db: D1Database,
  as_of: number,
): Promise<Map<DestinationName, number>> {
  const { results } = await db
    .prepare("select destinations from export_runs where as_of = ? and status = 'failed'")
    .bind(as_of)
    .all<{ destinations: string }>();
  const failed = new Map<DestinationName, number>();
  for (const name of results.flatMap(namesOf)) failed.set(name, (failed.get(name) ?? 0) + 1);
  return failed;
}

/** More nights back no reason is of interest. */
const NIGHTS_LOOKED_AT = 50;

/** Why the last night that went to a destination did not get there; those that it got to are not among them. */
export async function lastFailures(db: D1Database): Promise<Map<DestinationName, string>> {
  const { results } = await db
    .prepare(
      `select destinations, reason from export_runs where status <> 'open'
       order by started_at desc, attempt desc limit ${NIGHTS_LOOKED_AT}`,
    )
    .all<{ destinations: string; reason: string | null }>();
  const failures = new Map<DestinationName, string>();
  for (const name of destinationNames) {
    const reason = reasonAt(
      name,
      results.find((run) => namesOf(run).includes(name))?.reason ?? null,
    );
    if (reason !== null) failures.set(name, reason);
  }
  return failures;
}

/** A night's reason has a line for each destination that refused, or else concerns them all. */
function reasonAt(name: DestinationName, reason: string | null): string | null {
  const lines = reason?.split('\n') ?? [];
  const mine = lines
    .filter((line) => line.startsWith(`${name}: `))
    .map((line) => line.slice(name.length + 2));
  const isOfSome = lines.some((line) =>
    destinationNames.some((other) => line.startsWith(`${other}: `)),
  );
  return (isOfSome ? mine : lines).join('; ') || null;
}

const progress: Record<string, string> = { open: 'running', closed: 'complete', failed: 'errored' };

/** The ledger about an attempt: `status` is running, complete or errored, and then `error.message` says why. */
export async function readNight(
  db: D1Database,
  run_id: string,
  attempt: number,
): Promise<object | null> {
  const run = await db
    .prepare(
      `select run_id, attempt, as_of, rules_version, destinations, status, reason, started_at, finished_at
       from export_runs where run_id = ? and attempt = ?`,
    )
    .bind(run_id, attempt)
    .first<{ status: string; reason: string | null }>();
  if (!run) return null;
  const { status, reason, ...rest } = run;
  return {
    ...rest,
    status: progress[status],
    ...(reason === null ? {} : { error: { message: reason } }),
    loads: await readLoads(db, run_id),
  };
}
