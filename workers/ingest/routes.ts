/** The doors: `POST /webhooks/resend` (signed), `POST /import/facts` and `POST /import/names` (API token). */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { isBearer } from '../../core/bearer.ts';
import { now } from '../../core/clock.ts';
import { parseConfig } from '../../core/config.ts';
import { thingKinds } from '../../core/facts/fact.ts';
import { importFact } from '../../core/facts/import-fact.ts';
import { Fault, type FaultCode } from '../../core/faults.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { buryEvents } from '../../warehouse/write/dead-events.ts';
import { discard } from '../../warehouse/write/discard.ts';
import { outcomesOf } from '../../warehouse/write/fact-outcomes.ts';
import { offerFacts } from '../fact-queue.ts';
import { logFailure } from '../log-failure.ts';
import { normalise } from './doors/resend/facts.ts';
import { verify } from './doors/resend/verify.ts';
import type { Env } from './env.ts';
import { inboxRoutes } from './inbox.ts';
import { land } from './land.ts';
import { answerNames } from './names.ts';
import { writePulse } from './pulse.ts';
import { replay } from './replay.ts';

const statuses: Partial<Record<FaultCode, 400 | 401 | 404 | 409 | 413 | 503>> = {
  bad_signature: 401,
  bad_token: 401,
  not_found: 404,
  sample_house: 409,
  too_large: 413,
  config: 503,
  storage_busy: 503,
};

/** Resend's own bodies are a few KB; larger ones are refused before they are read. */
const MAX_WEBHOOK_BYTES = 1_000_000;
const MAX_IMPORT_BYTES = 8_000_000;
const limit = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new Fault('too_large', `the body is over ${maxSize} bytes; send it in smaller parts`);
    },
  });

export const routes = new Hono<{ Bindings: Env }>();

routes.onError((error, context) => {
  const fault =
    error instanceof Fault
      ? error
      : new Fault('storage_busy', 'the house could not take this; send it again');
  const status = statuses[fault.code] ?? 400;
  if (status !== 503) return context.json({ error: fault.code, message: fault.message }, status);
  // A fault was logged where it arose; while the house closes there is one for every request.
  if (fault !== error) logFailure(`${context.req.path}: ${fault.code}`, error);
  return context.json({ error: fault.code, message: fault.message }, status, {
    'retry-after': '30',
  });
});

routes.notFound((context) =>
  context.json({ error: 'not_found', message: `no door at ${context.req.path}` }, 404),
);

routes.post('/webhooks/resend', limit(MAX_WEBHOOK_BYTES), async (context) => {
  const config = parseConfig(context.env);
  const body = exactText(await context.req.arrayBuffer());
  const delivery = verify(context.req.raw.headers, body, config.RESEND_WEBHOOK_SECRET.split(/\s+/));
  try {
    const facts = normalise(delivery, now(config));
    const landed = await offerFacts(context.env, { door: 'resend', facts });
    await writePulse(context.env, landed);
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'unknown_event') throw error;
    const { code: fault, message: reason } = error;
    const delivery_id = delivery.id;
    await buryEvents(
      context.env.DB,
      [{ door: 'resend', fault, reason, body, delivery_id }],
      now(config),
    );
  }
  return context.json({ received: delivery.id });
});

/** The text that was signed, byte for byte: a byte order mark is part of it, and what is not UTF-8 cannot have been signed. */
function exactText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault('bad_signature', 'the body is not UTF-8');
  }
}

const needToken = createMiddleware<{ Bindings: Env }>(async (context, next) => {
  if (!isBearer(context.req.header('authorization'), parseConfig(context.env).API_TOKEN))
    throw new Fault('bad_token', 'send the API token as `Authorization: Bearer …`');
  await next();
});

routes.post('/import/dead-events', needToken, async (context) => {
  const at = now(parseConfig(context.env));
  const { after = '', only = null } = context.req.query() as { after?: string; only?: string };
  return context.json(await replay(context.env, { after, only }, at));
});

const factName = z.object({ kind: z.enum([...thingKinds, 'email_event']), key: z.string().min(1) });

routes.post('/import/discards', needToken, async (context) => {
  const at = now(parseConfig(context.env));
  const name = factName.safeParse(await context.req.json().catch(() => undefined));
  if (!name.success) throw new Fault('bad_input', z.prettifyError(name.error));
  const { discarded, contact_ids } = await discard(context.env.DB, name.data, at);
  await refreshContacts(context.env.DB, contact_ids, at);
  return context.json({ discarded });
});

routes.post('/import/names', limit(MAX_IMPORT_BYTES), needToken, async (context) =>
  context.json(await answerNames(context.env.DB, await context.req.json().catch(() => undefined))),
);

routes.use('/import/inbox/*', needToken);
routes.route('/import/inbox', inboxRoutes);

const MAX_FACTS = 1000;
const importBody = (now: number) => z.object({ facts: z.array(importFact(now)).max(MAX_FACTS) });

routes.post('/import/facts', limit(MAX_IMPORT_BYTES), needToken, async (context) => {
  const config = parseConfig(context.env);
  const body = importBody(now(config)).safeParse(await context.req.json().catch(() => undefined));
  if (!body.success) {
    const [issue] = body.error.issues;
    throw new Fault('bad_input', `${issue?.path.join('.') || 'body'}: ${issue?.message}`);
  }
  const house = await ensureHouse(context.env.DB, config);
  if (house.is_sample)
    throw new Fault(
      'sample_house',
      'this house holds the sample season; open an empty one with: npm start -- --empty',
    );
  const outcomes = await outcomesOf(context.env.DB, body.data.facts, config);
  if (context.req.query('dry_run') === '1') return context.json(outcomes);
  const { landed: _, ...report } = await land(context.env, body.data.facts);
  return context.json({ ...report, ...outcomes });
});
