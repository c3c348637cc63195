/** The clock of a house on this machine: fires each Worker's crons, as its wrangler.jsonc has them, in UTC. */
import { readFileSync } from 'node:fs';
import type { Miniflare } from 'miniflare';
import { configPath, WORKERS, type WorkerName } from './build.ts';

const TICK_MS = 15_000;
const MINUTE = 60_000;

export type Cron = { worker: WorkerName; cron: string };

/** The crons of every Worker, from the file that Cloudflare reads too. */
export function cronsOfHouse(): Cron[] {
  return WORKERS.flatMap((worker) => {
    const config = JSON.parse(readFileSync(configPath(worker), 'utf8')) as {
      triggers?: { crons?: string[] };
    };
    return (config.triggers?.crons ?? []).map((cron) => ({ worker, cron }));
  });
}

/** Whether a cron of the form `minute hour * * *` falls due in the minute of `instant`. */
export function isDue(cron: string, instant: number): boolean {
  const date = new Date(instant);
  const fields = [
    date.getUTCMinutes(),
    date.getUTCHours(),
    date.getUTCDate(),
    date.getUTCMonth() + 1,
    date.getUTCDay(),
  ];
  return cron.split(' ').every((field, i) => field === '*' || Number(field) === fields[i]);
}

/** Fires what falls due until the returned function is called; a job that fails says so and is tried at its next time. */
export function tickCrons(runtime: Miniflare, say: (line: string) => void): () => void {
  let last = Math.floor(Date.now() / MINUTE);
  const timer = setInterval(async () => {
    const minute = Math.floor(Date.now() / MINUTE);
    const from = last + 1;
    last = minute;
    for (let each = from; each <= minute; each++)
      for (const { worker, cron } of cronsOfHouse().filter((job) =>
        isDue(job.cron, each * MINUTE),
      )) {
        say(`${worker}: ${cron} is due`);
        const fetcher = await runtime.getWorker(`signalhouse-${worker}`);
        await fetcher
          .scheduled({ cron, scheduledTime: new Date(each * MINUTE) })
          .catch((error: Error) => say(`${worker}: ${cron} failed: ${error.message}`));
      }
  }, TICK_MS);
  return () => clearInterval(timer);
}
