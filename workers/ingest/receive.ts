/** The webhooks: every door of the registry at its address, through one and the same steps. */
import { Hono } from 'hono';
import { now } from '../../core/clock.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import { buryEvents, type DeadEvent } from '../../warehouse/write/dead-events.ts';
import { offerFacts } from '../fact-queue.ts';
import { limitBody } from '../http.ts';
import { logFailure } from '../log-failure.ts';
import type { Door, DoorEvent } from './doors/door.ts';
import { readEvent } from './doors/read.ts';
import { secretsOf } from './doors/secrets.ts';
import { type Env, parseConfig } from './env.ts';
import { writePulse } from './pulse.ts';

export function webhookRoutes(doors: readonly Door[]) {
  const routes = new Hono<{ Bindings: Env }>();
  for (const door of doors)
    routes.post(`/${door.name}`, limitBody(door.maxBytes), async ({ req, env, json }) =>
      json(await receive(door, req.raw, env)),
    );
  return routes;
}

/**
 * Verifies the request and reads it event by event. Every fact is durable before the answer, and
 * every event that cannot be read lies in quarantine with its reason (F3).
 */
async function receive(door: Door, request: Request, env: Env): Promise<Record<string, unknown>> {
  const at = now(parseConfig(env));
  const { events, answer } = await door.verify(request, secretsOf(door, env));
  const facts: Fact[] = [];
  const unread: DeadEvent[] = [];
  for (const event of events)
    try {
      facts.push(...(await readEvent(door, event, at, env)));
    } catch (error) {
      unread.push(deadEvent(door, event, error));
    }
  await writePulse(env, await offerFacts(env, { door: door.name, facts }));
  if (unread.length > 0) await buryEvents(env.DB, unread, at);
  return answer ?? { received: events.length };
}

/** One event that cannot be read does not hold up the others. Throws what a retry can mend. */
function deadEvent(door: Door, { id, account, body }: DoorEvent, error: unknown): DeadEvent {
  if (error instanceof Fault && error.retry) throw error;
  if (!(error instanceof Fault)) logFailure(`${door.name}: an event could not be read`, error);
  const { code, message } =
    error instanceof Fault
      ? error
      : new Fault('internal', 'the house failed to read it; the log says where');
  return { door: door.name, account, delivery_id: id, fault: code, reason: message, body };
}
