import { configParser } from '../../core/config.ts';
import type { Queued } from '../fact-queue.ts';
import { workerSettings } from '../settings.ts';

/** The bindings of `wrangler.jsonc`. */
export type Env = {
  DB: D1Database;
  CACHE: KVNamespace;
  ANALYTICS: AnalyticsEngineDataset;
  FACT_QUEUE: Queue<Queued>;
  /** Page events and forms of one sender. */
  EVENT_LIMIT: RateLimit;
  FORM_LIMIT: RateLimit;
};

export const parseConfig = configParser(workerSettings.ingest);
