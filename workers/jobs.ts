/**
 * The schedule of a Worker (architecture decision 15): a table of jobs, and the handler that runs
 * what is due of it.
 */
import { houseConfig } from '../core/config.ts';
import { cronSchedule } from '../core/cron.ts';
import { Fault } from '../core/faults.ts';
import { type BusinessTime, businessSchedule, latestDue, nextDue } from '../core/schedule.ts';
import { ensureHouse, readHouse } from '../warehouse/house.ts';
import { claimRun, failRun, finishRun, noteNext, releaseRun } from '../warehouse/jobs.ts';
import { logFailure } from './log-failure.ts';

export type Job<Env> = {
  name: string;
  /** A cron of the Worker's `wrangler.jsonc`, in UTC: it wakes the Worker for this job. */
  cron: string;
  /** When the job is due, in business time. Without it, the job is due whenever its cron fires. */
  at?: (env: Env) => BusinessTime;
  /** After so many ms a run holds up the next no more; by default, when it must have ended. */
  lease?: number;
  /**
   * Does the work of the instant `due` (UTC ms); repeating it changes nothing. Of missed instants
   * only the latest is run. 'under way' means that the work goes on elsewhere, as in a Workflow:
   * the next wake runs the job for the same instant again, until it answers 'done'.
   */
  run: (env: Env, due: number) => Promise<'done' | 'under way'>;
};

type Bindings = { DB: D1Database };

function scheduleOf<Env extends Bindings>({ cron, at }: Job<Env>, env: Env) {
  return at ? businessSchedule(at(env), houseConfig(env).BUSINESS_TIME_ZONE) : cronSchedule(cron);
}

/** The latest due instant of a job that has come by `now` (UTC ms). */
export const latestDueOf = <Env extends Bindings>(job: Job<Env>, env: Env, now: number) =>
  latestDue(scheduleOf(job, env), now);

/** Runs a job for its latest due instant, unless that is done, or from before the house opened. */
async function runDue<Env extends Bindings>(
  job: Job<Env>,
  env: Env,
  now: number,
  opened_at: number,
): Promise<void> {
  const due = latestDueOf(job, env, now);
  if (due === undefined || due < opened_at) return;
  const run = await claimRun(env.DB, job.name, due, Date.now(), job.lease);
  if (!run) return;
  try {
    const outcome = await job.run(env, due);
    if (outcome === 'done') await finishRun(env.DB, run, Date.now());
    else await releaseRun(env.DB, run);
  } catch (error) {
    await failRun(env.DB, run, error instanceof Fault ? error.message : 'the log says why');
    throw error;
  }
}

/**
 * The `scheduled` handler of a Worker. A firing wakes the jobs of its cron, one after the other in
 * the table's order; one that fails does not keep the others from running. Throws `Fault('config')`
 * at once, naming the Worker and the job, where a cron cannot be read.
 */
export function scheduled<Env extends Bindings>(
  worker: string,
  jobs: Job<Env>[],
): ExportedHandlerScheduledHandler<Env> {
  for (const { name, cron } of jobs) requireCron(`workers/${worker}: job ${name}`, cron);
  return async (event, env) => {
    const woken = jobs.filter(({ cron }) => cron === event.cron);
    if (woken.length === 0)
      throw new Fault('config', `workers/${worker}: no job has the cron "${event.cron}"`);
    const config = houseConfig(env);
    const house = (await readHouse(env.DB)) ?? (await ensureHouse(env.DB, config));
    const now = config.NOW ?? event.scheduledTime;
    const failed: string[] = [];
    for (const job of woken) {
      await noteNext(env.DB, job.name, nextDue(scheduleOf(job, env), now) ?? null);
      await runDue(job, env, now, house.opened_at).catch((error) => {
        logFailure(`job ${job.name}`, error);
        failed.push(job.name);
      });
    }
    if (failed.length > 0) throw new Error(`failed: ${failed.join(', ')}`);
  };
}

function requireCron(where: string, cron: string): void {
  try {
    cronSchedule(cron);
  } catch (error) {
    if (error instanceof Fault) throw new Fault('config', `${where}: ${error.message}`);
    throw error;
  }
}
