/**
 * The front door: signed webhooks, imports and what is polled come in here, and the queue's facts
 * are written here.
 */
import type { Queued } from '../fact-queue.ts';
import { scheduled } from '../jobs.ts';
import { consumeDead, consumeFacts } from './consume.ts';
import type { Env } from './env.ts';
import { jobs } from './jobs/index.ts';
import { routes } from './routes.ts';

export default {
  fetch: routes.fetch,
  scheduled: scheduled('ingest', jobs),
  queue: (batch, env) =>
    batch.queue === 'facts-dead' ? consumeDead(batch, env) : consumeFacts(batch, env),
} satisfies ExportedHandler<Env, Queued>;
