/** The clock of a house on this machine: fires each Worker's crons, as Cloudflare would. */
import { readFileSync } from 'node:fs';
import { cronSchedule } from '../../core/cron.ts';
import { Fault } from '../../core/faults.ts';
import { latestDue, type Schedule } from '../../core/schedule.ts';
import { configPath, WORKERS, type WorkerName } from './build.ts';
import { request } from './request.ts';

const TICK_MS = 5_000;

export type Cron = { worker: WorkerName; cron: string; schedule: Schedule };

/**
 * The crons of every Worker, from the file that Cloudflare reads too. Throws `Fault('config')`
 * naming the Worker and the first one that cannot be read, since it would never fire.
 */
export const cronsOfHouse = (): Cron[] =>
  WORKERS.flatMap((worker) => {
    const config = JSON.parse(readFileSync(configPath(worker), 'utf8')) as {
      triggers?: { crons?: string[] };
    };
    return (config.triggers?.crons ?? []).map((cron) => readCron(worker, cron));
  });

function readCron(worker: WorkerName, cron: string): Cron {
  try {
    return { worker, cron, schedule: cronSchedule(cron) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault('config', `workers/${worker}/wrangler.jsonc: ${error.message}`);
  }
}

/**
 * Fires every cron once now, so that what fell due while the house was closed is caught up, and
 * then whenever it falls due, none waiting for another; after a sleep of the machine once, since a
 * job runs its latest due instant. Ends when the returned function is called.
 */
export function tickCrons(url: URL, crons: Cron[], say: (line: string) => void): () => void {
  const fired = new Map<Cron, number>();
  let isStopped = false;
  const fireIfDue = async (cron: Cron) => {
    const due = latestDue(cron.schedule, Date.now());
    if (due === undefined || due <= (fired.get(cron) ?? 0)) return;
    fired.set(cron, due);
    const failure = await fire(url, cron, due);
    // A house that closes cuts off a job that waits.
    if (failure && !isStopped)
      say(`${cron.worker}: ${failure}; status says when it is tried again`);
  };
  const fireDue = () => Promise.all(crons.map(fireIfDue));
  const timer = setInterval(fireDue, TICK_MS);
  fireDue();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}

/**
 * Answers what went wrong, or null. Uses a request of its own: a binding of the runtime would block
 * this process as long as a night keeps the runtime busy, then fail on a connection that the
 * runtime had closed meanwhile.
 */
async function fire(house: URL, { worker, cron }: Cron, due: number): Promise<string | null> {
  const url = new URL('/cdn-cgi/local/scheduled', house);
  url.search = String(new URLSearchParams({ cron, time: String(due) }));
  try {
    // The header by which Miniflare finds the Worker.
    const headers = { 'MF-Route-Override': `signalhouse-${worker}` };
    const { ok } = await request(url, { headers });
    return ok ? null : `a job of "${cron}" failed`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
