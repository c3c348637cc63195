import type { Queued } from '../fact-queue.ts';

/** What the ingest Worker is bound to; text settings are parsed by `platform/config.ts`. */
export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  ANALYTICS: AnalyticsEngineDataset;
  FACT_QUEUE: Queue<Queued>;
};
