/** The clock of a house on this machine: fires each Worker's crons, as Cloudflare would. */
import { readFileSync } from 'node:fs';
import type { Miniflare } from 'miniflare';
import { cronSchedule } from '../../core/cron.ts';
import { Fault } from '../../core/faults.ts';
import { latestDue, type Schedule } from '../../core/schedule.ts';
import { configPath, WORKERS, type WorkerName } from './build.ts';

const TICK_MS = 15_000;

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
 * then whenever it falls due; after a sleep of the machine once, since a job runs its latest due
 * instant. Ends when the returned function is called.
 */
export function tickCrons(
  runtime: Miniflare,
  crons: Cron[],
  say: (line: string) => void,
): () => void {
  const fired = new Map<Cron, number>();
  const fireDue = async () => {
    for (const cron of crons) {
      const due = latestDue(cron.schedule, Date.now());
      if (due === undefined || due <= (fired.get(cron) ?? 0)) continue;
      fired.set(cron, due);
      const failure = await fire(runtime, cron, due);
      if (failure) say(`${cron.worker}: ${failure}; status says when it is tried again`);
    }
  };
  const timer = setInterval(fireDue, TICK_MS);
  fireDue();
  return () => clearInterval(timer);
}

/** Answers what went wrong, or null. */
async function fire(
  runtime: Miniflare,
  { worker, cron }: Cron,
  due: number,
): Promise<string | null> {
  try {
    const fetcher = await runtime.getWorker(`signalhouse-${worker}`);
    const { outcome } = await fetcher.scheduled({ cron, scheduledTime: new Date(due) });
    return outcome === 'ok' ? null : `a job of "${cron}" failed`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
