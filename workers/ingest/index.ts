/** The front door: signed webhooks and imports come in here; the queue's facts are written here. */
import type { Queued } from '../fact-queue.ts';
import { consumeDead, consumeFacts } from './consume.ts';
import type { Env } from './env.ts';
import { routes } from './routes.ts';

export default {
  fetch: routes.fetch,
  queue: (batch, env) =>
    batch.queue === 'facts-dead' ? consumeDead(batch, env) : consumeFacts(batch, env),
} satisfies ExportedHandler<Env, Queued>;
