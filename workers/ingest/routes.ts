/**
 * What comes in: `POST /webhooks/<door>` (signed), `POST /import/facts` and `POST /import/names`
 * (API token), and what an operator does with it.
 */
import { Hono } from 'hono';
import { z } from 'zod';
import { now } from '../../core/clock.ts';
import { importFact } from '../../core/facts/import-fact.ts';
import { thingKinds } from '../../core/facts/thing-kinds.ts';
import { Fault } from '../../core/faults.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { peopleByName } from '../../warehouse/people/by-name.ts';
import { noteArrivals } from '../../warehouse/write/arrivals.ts';
import { discard } from '../../warehouse/write/discard.ts';
import { outcomesOf } from '../../warehouse/write/fact-outcomes.ts';
import { answerFaults, limitBody, needToken, readBody } from '../http.ts';
import { arrivalsOf } from './arrivals.ts';
import { doorStates } from './door-states.ts';
import { doors } from './doors/index.ts';
import { type Env, parseConfig } from './env.ts';
import { importRoutes } from './imports.ts';
import { inboxRoutes } from './inbox.ts';
import { runPoll } from './polls/run.ts';
import { webhookRoutes } from './receive.ts';
import { refuseSample } from './refuse-sample.ts';
import { replay } from './replay.ts';
import { websiteRoutes } from './website/routes.ts';

/** D1 takes 2 MB in one bound value, and facts grow a little on their way there. */
const MAX_IMPORT_BYTES = 1_600_000;

export const routes = new Hono<{ Bindings: Env }>();

/** Whatever goes wrong, the sender keeps what it has and sends it again. */
const sendAgain = () => new Fault('storage_busy', 'the house could not take this; send it again');
routes.onError(answerFaults(sendAgain));

routes.notFound((context) =>
  context.json({ error: 'not_found', message: `no door at ${context.req.path}` }, 404),
);

routes.route('/webhooks', webhookRoutes(doors));
routes.route('/', websiteRoutes);

/** One run of a poll, now: what its schedule would do. */
routes.post('/import/polls/:door', needToken, async ({ req, env, json }) => {
  await ensureHouse(env.DB, parseConfig(env));
  const door = doors.find(({ name }) => name === req.param('door'));
  if (!door) throw new Fault('not_found', `this house has no door called ${req.param('door')}`);
  return json({ accounts: await runPoll(env, door) });
});

routes.get('/import/doors', needToken, ({ env, json }) => json(doorStates(doors, env)));

routes.post('/import/dead-events', needToken, async (context) => {
  const at = now(parseConfig(context.env));
  const { after = '', only = null } = context.req.query() as { after?: string; only?: string };
  return context.json(await replay(context.env, doors, { after, only }, at));
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

routes.use('/import/imports/*', needToken, limitBody(MAX_IMPORT_BYTES));
routes.route('/import/imports', importRoutes);

routes.use('/import/inbox/*', needToken);
routes.route('/import/inbox', inboxRoutes);

const MAX_FACTS = 1000;
/** The import whose facts these are; without one they are nobody's to undo. */
const importQuery = z.object({ import: z.coerce.number().int().optional() });
const importBody = (now: number) => z.object({ facts: z.array(importFact(now)).max(MAX_FACTS) });

routes.post('/import/facts', limitBody(MAX_IMPORT_BYTES), needToken, async (context) => {
  const config = parseConfig(context.env);
  const given = await readBody(context, importBody(now(config)));
  const { import: id } = importQuery.parse(context.req.query());
  const facts = given.facts.map(({ imports: _, ...fact }) =>
    id === undefined ? fact : { ...fact, imports: [id] },
  );
  refuseSample(await ensureHouse(context.env.DB, config));
  const outcomes = await outcomesOf(context.env.DB, facts, config);
  if (context.req.query('dry_run') === '1') return context.json(outcomes);
  const { landed, ...report } = await landFacts(context.env.DB, facts, config);
  const at = now(config);
  await noteArrivals(context.env.DB, arrivalsOf([{ door: 'import', facts }], landed, at), at);
  return context.json({ ...report, ...outcomes });
});
