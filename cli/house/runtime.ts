/**
 * The whole product on this machine: four Workers in workerd, with local D1, KV, R2, Queues and
 * Workflows.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare, type Request, type Response } from 'miniflare';
import { applyMigrations, type Migration } from '../../warehouse/migrate.ts';
import { buildWorkers, configPath, optionsPath, ROOT, WORKERS } from './build.ts';
import { moduleOf, serveBundle } from './bundles.ts';
import { RUNTIME_MARK } from './orphans.ts';
import { settingsFor } from './settings.ts';

export type RuntimeOptions = {
  /** Folder that keeps the databases, buckets and queues. */
  persist: string;
  /** Settings and secrets; each Worker gets those that it takes. */
  env: Record<string, string>;
  /** 0 picks a free port. */
  port?: number;
  /**
   * Answers every outbound request of the Workers; tests put their fakes here. Default: the real
   * network.
   */
  outside?: (request: Request) => Promise<Response>;
  /** How long a queue waits for more messages, in seconds; default: as deployed. */
  batchWait?: number;
  /** Receives each line that the Workers log; default: this process's own output. */
  onLog?: (line: string) => void;
};

/** Of what `options.json` holds, what is read here. */
type WorkerOptions = { bindings: object; queueConsumers: object };

/**
 * Starts the Workers and applies the migrations. The first Worker, api, answers every path that no
 * other Worker's route matches.
 */
export async function startRuntime(options: RuntimeOptions): Promise<Miniflare> {
  await buildWorkers();
  const workers = WORKERS.map((worker) => {
    const workerOptions = JSON.parse(readFileSync(optionsPath(worker), 'utf8')) as WorkerOptions;
    return {
      ...workerOptions,
      queueConsumers: waiting(workerOptions.queueConsumers, options.batchWait),
      name: `signalhouse-${worker}`,
      routes: routesOf(worker),
      rootPath: ROOT,
      modules: [moduleOf(worker)],
      unsafeUseModuleFallbackService: true,
      bindings: { ...workerOptions.bindings, ...settingsFor(worker, options.env) },
      ...(options.outside ? { outboundService: options.outside } : {}),
    };
  });
  const runtime = new Miniflare(
    convertV4MiniflareOptions({
      host: '127.0.0.1',
      port: options.port ?? 0,
      resourcePersistencePath: options.persist,
      unsafeRuntimeEnv: { [RUNTIME_MARK]: options.persist, ...shield() },
      ...(options.onLog
        ? { handleStructuredLogs: ({ message }: { message: string }) => options.onLog?.(message) }
        : {}),
      unsafeModuleFallbackService: serveBundle,
      // `crons.ts` fires the Workers' schedules.
      unsafeTriggerHandlers: true,
      workers: workers as never,
    }),
  );
  try {
    await runtime.ready;
    const db = await runtime.getD1Database('DB', 'signalhouse-ingest');
    await applyMigrations(db as unknown as D1Database, migrations());
  } catch (error) {
    // A runtime that did not start would keep the process alive.
    await runtime.dispose();
    throw error;
  }
  return runtime;
}

/**
 * Makes Miniflare start workerd through a script that shields it from a terminal's Ctrl-C; returns
 * the script's environment.
 */
function shield(): Record<string, string> {
  if (process.platform === 'win32') return {};
  process.env.MINIFLARE_WORKERD_PATH = join(ROOT, 'cli/house/workerd.sh');
  const { resolve } = createRequire(import.meta.url);
  const { default: workerd } = createRequire(resolve('miniflare'))('workerd');
  return { SIGNALHOUSE_WORKERD: workerd };
}

/** The queues that a Worker takes from; given a wait in seconds, each waits that long. */
const waiting = (queues: object, maxBatchTimeout?: number) =>
  Object.fromEntries(
    Object.entries(queues).map(([name, queue]) => [
      name,
      maxBatchTimeout === undefined ? queue : { ...queue, maxBatchTimeout },
    ]),
  );

function routesOf(worker: (typeof WORKERS)[number]): string[] {
  const text = readFileSync(configPath(worker), 'utf8');
  return (JSON.parse(text) as { routes?: string[] }).routes ?? [];
}

/** The files of `migrations/`, in order. */
const migrations = (): Migration[] =>
  readdirSync(join(ROOT, 'migrations'))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(ROOT, 'migrations', name), 'utf8') }));
