/** The clock of a house on this machine: fires each Worker's crons, as its wrangler.jsonc has them, in UTC. */
import { readFileSync } from 'node:fs';
import type { Miniflare } from 'miniflare';
import { Fault } from '../../core/faults.ts';
import { configPath, WORKERS, type WorkerName } from './build.ts';

const TICK_MS = 15_000;
const MINUTE = 60_000;

export type Cron = { worker: WorkerName; cron: string };

/** Smallest and largest number of minute, hour, day and month; weekdays are counted from 1 on Cloudflare and from 0 elsewhere. */
const BOUNDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
] as const;

/** Whether the clock can tell when `cron` is due: minute, hour, day and month are each `*` or one number, the weekday is `*`. */
export function isReadable(cron: string): boolean {
  const fields = cron.split(' ');
  const isNumber = (field: string, [low, high]: readonly [number, number]) =>
    /^\d{1,2}$/.test(field) && Number(field) >= low && Number(field) <= high;
  return (
    fields.length === BOUNDS.length + 1 &&
    fields.every((field, i) => field === '*' || (i < BOUNDS.length && isNumber(field, BOUNDS[i]!)))
  );
}

/**
 * The crons of every Worker, from the file that Cloudflare reads too. Throws `Fault('config')` naming one that the clock
 * cannot read, since it would never fire.
 */
export function cronsOfHouse(): Cron[] {
  const crons = WORKERS.flatMap((worker) => {
    const config = JSON.parse(readFileSync(configPath(worker), 'utf8')) as {
      triggers?: { crons?: string[] };
    };
    return (config.triggers?.crons ?? []).map((cron) => ({ worker, cron }));
  });
  const unreadable = crons.find(({ cron }) => !isReadable(cron));
  if (!unreadable) return crons;
  throw new Fault(
    'config',
    `workers/${unreadable.worker}/wrangler.jsonc: the cron "${unreadable.cron}" would never fire on this machine; minute, hour, day and month take * or one number, the weekday takes *`,
  );
}

/** Whether a cron that `isReadable` falls due in the minute of `instant`. */
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
export function tickCrons(
  runtime: Miniflare,
  crons: Cron[],
  say: (line: string) => void,
): () => void {
  let last = Math.floor(Date.now() / MINUTE);
  const timer = setInterval(async () => {
    const minute = Math.floor(Date.now() / MINUTE);
    const from = last + 1;
    last = minute;
    for (let each = from; each <= minute; each++)
      for (const { worker, cron } of crons.filter((job) => isDue(job.cron, each * MINUTE))) {
        say(`${worker}: ${cron} is due`);
        const fetcher = await runtime.getWorker(`signalhouse-${worker}`);
        await fetcher
          .scheduled({ cron, scheduledTime: new Date(each * MINUTE) })
          .catch((error: Error) => say(`${worker}: ${cron} failed: ${error.message}`));
      }
  }, TICK_MS);
  return () => clearInterval(timer);
}
