import { configParser } from '../../core/config.ts';
import type { Queued } from '../fact-queue.ts';
import { workerSettings } from '../settings.ts';

/** The bindings of `wrangler.jsonc`. */
export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  FACT_QUEUE: Queue<Queued>;
};
export type App = { Bindings: Env };

export const parseConfig = configParser(workerSettings.api);
export type ApiConfig = ReturnType<typeof parseConfig>;
