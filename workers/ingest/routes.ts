/** The doors: `POST /webhooks/resend` (signed), `POST /import/facts` and `POST /import/names` (API token). */
import { Hono } from 'hono';
import { z } from 'zod';
import { now } from '../../core/clock.ts';
import { parseConfig } from '../../core/config.ts';
import { thingKinds } from '../../core/facts/fact.ts';
import { importFact } from '../../core/facts/import-fact.ts';
import { Fault } from '../../core/faults.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { peopleByName } from '../../warehouse/people/by-name.ts';
import { buryEvents } from '../../warehouse/write/dead-events.ts';
import { discard } from '../../warehouse/write/discard.ts';
import { outcomesOf } from '../../warehouse/write/fact-outcomes.ts';
import { offerFacts } from '../fact-queue.ts';
import { answerFaults, limitBody, needToken, readBody } from '../http.ts';
import { normalise } from './doors/resend/facts.ts';
import { verify } from './doors/resend/verify.ts';
import type { Env } from './env.ts';
import { inboxRoutes } from './inbox.ts';
import { land } from './land.ts';
import { writePulse } from './pulse.ts';
import { replay } from './replay.ts';

/** Resend's own bodies are a few KB. */
const MAX_WEBHOOK_BYTES = 1_000_000;
/** D1 takes 2 MB in one bound value, and facts grow a little on their way there. */
const MAX_IMPORT_BYTES = 1_600_000;

export const routes = new Hono<{ Bindings: Env }>();

/** Whatever goes wrong, the sender keeps what it has and sends it again. */
const sendAgain = () => new Fault('storage_busy', 'the house could not take this; send it again');
routes.onError(answerFaults(sendAgain));

routes.notFound((context) =>
  context.json({ error: 'not_found', message: `no door at ${context.req.path}` }, 404),
);

routes.post('/webhooks/resend', limitBody(MAX_WEBHOOK_BYTES), async (context) => {
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

routes.post('/import/dead-events', needToken, async (context) => {
  const at = now(parseConfig(context.env));
  const { after = '', only = null } = context.req.query() as { after?: string; only?: string };
  return context.json(await replay(context.env, { after, only }, at));
});

const factName = z.object({ kind: z.enum([...thingKinds, 'email_event']), key: z.string().min(1) });

routes.post('/import/discards', needToken, async (context) => {
  const at = now(parseConfig(context.env));
  const name = await readBody(context, factName);
  const { discarded, contact_ids } = await discard(context.env.DB, name, at);
  await refreshContacts(context.env.DB, contact_ids, at);
  return context.json({ discarded });
});

const MOST_NAMES = 1000;
const namesBody = z.object({ names: z.array(z.string().max(500)).max(MOST_NAMES) });

/** Whom an import means by a full name: one answer per name, in order. */
routes.post('/import/names', limitBody(MAX_IMPORT_BYTES), needToken, async (context) => {
  const { names } = await readBody(context, namesBody);
  return context.json({ people: await peopleByName(context.env.DB, names) });
});

routes.use('/import/inbox/*', needToken);
routes.route('/import/inbox', inboxRoutes);

const MAX_FACTS = 1000;
const importBody = (now: number) => z.object({ facts: z.array(importFact(now)).max(MAX_FACTS) });

routes.post('/import/facts', limitBody(MAX_IMPORT_BYTES), needToken, async (context) => {
  const config = parseConfig(context.env);
  const { facts } = await readBody(context, importBody(now(config)));
  const house = await ensureHouse(context.env.DB, config);
  if (house.is_sample)
    throw new Fault(
      'sample_house',
      'this house holds the sample season; open an empty one with: npm start -- --empty',
    );
  const outcomes = await outcomesOf(context.env.DB, facts, config);
  if (context.req.query('dry_run') === '1') return context.json(outcomes);
  const { landed: _, ...report } = await land(context.env, facts);
  return context.json({ ...report, ...outcomes });
});
