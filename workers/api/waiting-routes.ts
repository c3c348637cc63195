/** What waits, for programs: events in quarantine, and facts that are not whole yet (F1, F3). */
import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { now } from '../../core/clock.ts';
import { Fault } from '../../core/faults.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { readWaitingFact } from '../../warehouse/read/waiting.ts';
import { discardDeadEvent, readDeadEvent } from '../../warehouse/write/dead-events.ts';
import { discardWaiting } from '../../warehouse/write/discard-waiting.ts';
import { type App, parseConfig } from './env.ts';
import { json, onInvalid, refusals } from './schemas.ts';

const instant = z.number().describe('UTC milliseconds');
const name = z.string().min(1);

const deadEvent = z
  .object({
    dead_id: name,
    door: z.string().describe('The door that it came in at'),
    account: z.string().nullable(),
    delivery_id: z
      .string()
      .nullable()
      .describe('The provider’s own id, under which it is replayed'),
    fault: z.string(),
    reason: z.string(),
    body: z.string().describe('As the provider sent it'),
    landed_at: instant,
    replayed_at: instant.nullable(),
    discarded_at: instant.nullable(),
  })
  .openapi('DeadEvent');

const waitingFact = z
  .object({
    waiting_key: name,
    kind: z.string(),
    waits_for: z.string().describe('What nobody has stated yet; `contact` is whoever it is about'),
    address: z.string().nullable().describe('The external id or phone that nobody has yet'),
    observed_at: instant,
    landed_at: instant,
    facts: z.array(z.unknown()),
  })
  .openapi('WaitingFact');

const discarded = z.object({ discarded: z.number().describe('How many facts or events') });

const deadId = { params: z.object({ id: name.describe('As list/dead-events has it') }) };
const waitingKey = { params: z.object({ key: name.describe('As list/waiting has it') }) };

const showDead = createRoute({
  method: 'get',
  path: '/api/dead-events/{id}',
  summary: 'An event in quarantine: its body, its door, and why it could not be read',
  request: deadId,
  responses: { 200: json('The event', deadEvent), ...refusals(401, 404) },
});

const discardDead = createRoute({
  method: 'post',
  path: '/api/dead-events/{id}/discard',
  summary: 'Ends the wait of an event in quarantine; it is kept, and replay can still name it',
  request: deadId,
  responses: { 200: json('Discarded', discarded), ...refusals(401, 404) },
});

const showWaiting = createRoute({
  method: 'get',
  path: '/api/waiting/{key}',
  summary: 'A fact that waits: what it says, and what it waits for',
  request: waitingKey,
  responses: { 200: json('The fact', waitingFact), ...refusals(401, 404) },
});

const discardFact = createRoute({
  method: 'post',
  path: '/api/waiting/{key}/discard',
  summary: 'Moves a fact that waits into quarantine',
  request: waitingKey,
  responses: { 200: json('Discarded', discarded), ...refusals(401, 404) },
});

export const waitingRoutes = new OpenAPIHono<App>({ defaultHook: onInvalid });

waitingRoutes.openapi(showDead, async (c) => {
  const { id } = c.req.valid('param');
  const event = await readDeadEvent(c.env.DB, id);
  if (!event) throw new Fault('not_found', `no event ${id} is in quarantine`);
  return c.json(event, 200);
});

waitingRoutes.openapi(discardDead, async (c) => {
  const { id } = c.req.valid('param');
  const at = now(parseConfig(c.env));
  if (!(await discardDeadEvent(c.env.DB, id, at)))
    throw new Fault('not_found', `no event ${id} waits in quarantine`);
  return c.json({ discarded: 1 }, 200);
});

waitingRoutes.openapi(showWaiting, async (c) => {
  const { key } = c.req.valid('param');
  const fact = await readWaitingFact(c.env.DB, key);
  if (!fact) throw new Fault('not_found', `no fact waits under the key ${key}`);
  return c.json(fact, 200);
});

waitingRoutes.openapi(discardFact, async (c) => {
  const at = now(parseConfig(c.env));
  const { discarded, contact_ids } = await discardWaiting(c.env.DB, c.req.valid('param').key, at);
  await refreshContacts(c.env.DB, contact_ids, at);
  return c.json({ discarded }, 200);
});

// The ingest Worker answers this one: only it has the doors that read the events again.
waitingRoutes.openAPIRegistry.registerPath({
  method: 'post',
  path: '/import/dead-events',
  summary: 'Reads the events in quarantine again, a page at a time, or only one',
  request: {
    query: z.object({
      after: z.string().optional().describe('`next` of the page before'),
      only: z.string().optional().describe('The id of one event, discarded or not'),
    }),
  },
  responses: {
    200: json(
      'What became of them',
      z.object({
        replayed: z.number(),
        waiting: z.array(z.object({ dead_id: z.string(), reason: z.string() })),
        next: z.string().nullable(),
      }),
    ),
    ...refusals(401, 503),
  },
});
