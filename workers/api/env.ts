/** What the API Worker is bound to; text settings are parsed by `platform/config.ts`. */
import type { Queued } from '../fact-queue.ts';

export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  FACT_QUEUE: Queue<Queued>;
  API_TOKEN: string;
};
export type App = { Bindings: Env };
