/** What the local house asks of its inbox when it opens and closes; on Cloudflare there is none. */
import { Hono } from 'hono';
import { Fault } from '../../core/faults.ts';
import {
  closeInbox,
  openInbox,
  readBacklog,
  waitingMessages,
} from '../../warehouse/write/inbox.ts';
import { type Env, parseConfig } from './env.ts';

const PER_BATCH = 100;

export const inboxRoutes = new Hono<{ Bindings: Env }>();

inboxRoutes.use(async ({ env }, next) => {
  if (!parseConfig(env).INBOX_LOCAL) throw new Fault('not_found', 'this house has no inbox');
  await next();
});

inboxRoutes.get('/', async ({ env, json }) => json(await readBacklog(env.DB)));

inboxRoutes.post('/open', async ({ env, json }) => {
  await openInbox(env.DB);
  return json(await readBacklog(env.DB));
});

inboxRoutes.post('/close', async ({ env, json }) => {
  await closeInbox(env.DB);
  return json(await readBacklog(env.DB));
});

/** Puts every message on the queue; one that is there already does no harm, since it lands once. */
inboxRoutes.post('/offer', async ({ env, json }) => {
  const ids = await waitingMessages(env.DB);
  for (let from = 0; from < ids.length; from += PER_BATCH) {
    const batch = ids.slice(from, from + PER_BATCH);
    await env.FACT_QUEUE.sendBatch(batch.map((inbox_id) => ({ body: { inbox_id } })));
  }
  return json(await readBacklog(env.DB));
});
