/** The ledger of the nights, `export_runs`: one night at a time. Instants are UTC milliseconds. */
import { and, desc, eq, ne, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { type DestinationName, destinationNames } from '../../core/destinations.ts';
import { rulesVersion } from '../../core/rules/config.ts';
import { exportRuns } from '../schema/index.ts';
import { readLoads } from './loads.ts';
import type { NightParams } from './night-params.ts';

export type ExportRun = typeof exportRuns.$inferSelect;

const namesOf = ({ destinations }: Pick<ExportRun, 'destinations'>): DestinationName[] =>
  destinations.split(',') as DestinationName[];

const isOpen = eq(exportRuns.status, 'open');
const isNight = ({ run_id, attempt }: Pick<NightParams, 'run_id' | 'attempt'>): SQL | undefined =>
  and(eq(exportRuns.run_id, run_id), eq(exportRuns.attempt, attempt));
const newestFirst = [desc(exportRuns.started_at), desc(exportRuns.attempt)];

/** One statement, so that of two who ask at once one gets the night. */
const CLAIM = `
  insert into export_runs
    (run_id, attempt, as_of, rules_version, destinations, status, started_at, alive_at)
  select ?1, coalesce((select max(attempt) from export_runs where run_id = ?1), 0) + 1,
    ?2, ?3, ?4, 'open', ?5, ?5
  where not exists (select 1 from export_runs where status = 'open')
  returning attempt`;

/** Opens the next attempt of a run; null where a night is open already. */
export async function claimNight(
  db: D1Database,
  night: Omit<NightParams, 'attempt'>,
  at: number,
): Promise<NightParams | null> {
  const claimed = await db
    .prepare(CLAIM)
    .bind(night.run_id, night.as_of, rulesVersion, night.to.join(','), at)
    .first<{ attempt: number }>();
  return claimed && { ...night, attempt: claimed.attempt };
}

/** The night that is open, with its last sign of life. */
export async function openNight(
  db: D1Database,
): Promise<(NightParams & { alive_at: number }) | null> {
  const run = await drizzle(db)
    .select()
    .from(exportRuns)
    .where(isOpen)
    .orderBy(desc(exportRuns.started_at))
    .limit(1)
    .get();
  if (!run) return null;
  const { run_id, attempt, as_of, started_at, alive_at } = run;
  return { run_id, attempt, as_of, to: namesOf(run), alive_at: alive_at ?? started_at };
}

/**
 * Notes that a night is under way. Throws if it was given up meanwhile, so that it does not go on
 * beside its successor.
 */
export async function keepAlive(db: D1Database, night: NightParams, at: number): Promise<void> {
  const { meta } = await drizzle(db)
    .update(exportRuns)
    .set({ alive_at: at })
    .where(and(isNight(night), isOpen))
    .run();
  if (meta.changes === 0)
    throw new Error(`night ${night.run_id}-${night.attempt} is no longer open`);
}

/** Closes a night, or fails it for a reason; one that has ended stays as it ended. */
export async function endNight(
  db: D1Database,
  night: NightParams,
  reason: string | null,
  at: number,
): Promise<void> {
  await drizzle(db)
    .update(exportRuns)
    .set({ status: reason === null ? 'closed' : 'failed', reason, finished_at: at })
    .where(and(isNight(night), isOpen))
    .run();
}

/** How often publishing the night of `as_of` has failed, by destination. */
export async function failedAttempts(
  db: D1Database,
  as_of: number,
): Promise<Map<DestinationName, number>> {
  const runs = await drizzle(db)
    .select({ destinations: exportRuns.destinations })
    .from(exportRuns)
    .where(and(eq(exportRuns.as_of, as_of), eq(exportRuns.status, 'failed')));
  const failed = new Map<DestinationName, number>();
  for (const name of runs.flatMap(namesOf)) failed.set(name, (failed.get(name) ?? 0) + 1);
  return failed;
}

/** A reason further back is of no interest. */
const NIGHTS_LOOKED_AT = 50;

const endedRuns = (db: D1Database, most: number) =>
  drizzle(db)
    .select({ destinations: exportRuns.destinations, reason: exportRuns.reason })
    .from(exportRuns)
    .where(ne(exportRuns.status, 'open'))
    .orderBy(...newestFirst)
    .limit(most);

/** Why the night that ended last did not get everywhere; null if it did, or before the first. */
export const lastFailure = async (db: D1Database): Promise<string | null> =>
  (await endedRuns(db, 1))[0]?.reason ?? null;

/** By destination: why the last night for it did not get there. Those that have it are left out. */
export async function lastFailures(db: D1Database): Promise<Map<DestinationName, string>> {
  const runs = await endedRuns(db, NIGHTS_LOOKED_AT);
  const failures = new Map<DestinationName, string>();
  for (const name of destinationNames) {
    const last = runs.find((run) => namesOf(run).includes(name));
    const reason = reasonAt(name, last?.reason ?? null);
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

/** The last run, whatever came of it. */
export const lastRun = async (db: D1Database): Promise<ExportRun | null> =>
  (await drizzle(db)
    .select()
    .from(exportRuns)
    .orderBy(...newestFirst)
    .limit(1)
    .get()) ?? null;

const progress = { open: 'running', closed: 'complete', failed: 'errored' } as const;

/**
 * What the ledger has about an attempt, its loads included: `status` is running, complete or
 * errored, and then `error.message` says why. Null for an attempt that never was.
 */
export async function readNight(
  db: D1Database,
  run_id: string,
  attempt: number,
): Promise<object | null> {
  const run = await drizzle(db).select().from(exportRuns).where(isNight({ run_id, attempt })).get();
  if (!run) return null;
  const { status, reason, alive_at: _, ...rest } = run;
  return {
    ...rest,
    status: progress[status],
    ...(reason === null ? {} : { error: { message: reason } }),
    loads: await readLoads(db, run_id),
  };
}
