/** What the scheduled jobs did last and when they are due next. Instants are UTC milliseconds. */
import { and, eq, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { MINUTE } from '../core/durations.ts';
import { jobs } from './schema/index.ts';

/** Cloudflare ends a cron's run after 15 minutes, so one that is older has broken off. */
const LONGEST_RUN_MS = 15 * MINUTE;

/** Tries of one due instant; after the last failure the next instant's turn comes. */
export const MOST_ATTEMPTS = 6;

/** A run that nobody else has while its lease lasts. */
export type JobRun = { job: string; due_at: number; started_at: number };

/** A job's last run, for the instant `due_at`: done, failed or, without either, under way. */
export type JobState = Pick<
  typeof jobs.$inferSelect,
  'job' | 'next_at' | 'due_at' | 'finished_at' | 'failures' | 'failure'
>;

/** Notes when a job is due next; writes only what differs. */
export async function noteNext(db: D1Database, job: string, next_at: number | null): Promise<void> {
  await drizzle(db)
    .insert(jobs)
    .values({ job, next_at })
    .onConflictDoUpdate({
      target: jobs.job,
      set: { next_at },
      setWhere: sql`${jobs.next_at} is not ${next_at}`,
    })
    .run();
}

/**
 * Claims a job that `noteNext` knows for one due instant, in one statement: of two who ask at once,
 * one gets it. Null where it has run for this instant or a later one, where a run is under way, and
 * where it has failed too often. A run older than `lease` ms is taken for broken off.
 */
export async function claimRun(
  db: D1Database,
  job: string,
  due_at: number,
  at: number,
  lease = LONGEST_RUN_MS,
): Promise<JobRun | null> {
  const isFree = or(isNull(jobs.lease_until), lte(jobs.lease_until, at));
  const isNew = or(isNull(jobs.due_at), lt(jobs.due_at, due_at));
  const isToRepeat = and(
    eq(jobs.due_at, due_at),
    isNull(jobs.finished_at),
    lt(jobs.failures, MOST_ATTEMPTS),
  );
  const claimed = await drizzle(db)
    .update(jobs)
    .set({
      due_at,
      started_at: at,
      lease_until: at + lease,
      finished_at: null,
      failures: sql`case when ${jobs.due_at} = ${due_at} then ${jobs.failures} else 0 end`,
      failure: null,
    })
    .where(and(eq(jobs.job, job), isFree, or(isNew, isToRepeat)))
    .returning({ job: jobs.job })
    .get();
  return claimed ? { job, due_at, started_at: at } : null;
}

/** Ends a run, unless it was taken for broken off meanwhile and another has the job. */
async function end(
  db: D1Database,
  { job, due_at, started_at }: JobRun,
  outcome: { finished_at?: number; failure?: string },
): Promise<void> {
  const failures = outcome.failure === undefined ? jobs.failures : sql`${jobs.failures} + 1`;
  await drizzle(db)
    .update(jobs)
    .set({ ...outcome, failures, lease_until: null })
    .where(
      and(
        eq(jobs.job, job),
        eq(jobs.due_at, due_at),
        eq(jobs.started_at, started_at),
        isNotNull(jobs.lease_until),
      ),
    )
    .run();
}

/** The work of the due instant is done. */
export const finishRun = (db: D1Database, run: JobRun, at: number): Promise<void> =>
  end(db, run, { finished_at: at });

/** The work goes on elsewhere: the next wake may claim the instant again, to look at it. */
export const releaseRun = (db: D1Database, run: JobRun): Promise<void> => end(db, run, {});

/** The work failed, for a reason that people may read. */
export const failRun = (db: D1Database, run: JobRun, reason: string): Promise<void> =>
  end(db, run, { failure: reason });

/** Every job that a Worker has woken for, by name. */
export const readJobs = async (db: D1Database): Promise<JobState[]> =>
  drizzle(db)
    .select({
      job: jobs.job,
      next_at: jobs.next_at,
      due_at: jobs.due_at,
      finished_at: jobs.finished_at,
      failures: jobs.failures,
      failure: jobs.failure,
    })
    .from(jobs)
    .orderBy(jobs.job);
