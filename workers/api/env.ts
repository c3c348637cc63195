/** What the API Worker is bound to; text settings are parsed by `platform/config.ts`. */
import type { FactMessage } from '../../platform/fact-queue.ts';

export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  FACT_QUEUE: Queue<FactMessage>;
  API_TOKEN: string;
};
export type App = { Bindings: Env };
