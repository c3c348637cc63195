/** The webhooks: every door that has one, at its address, through one and the same steps. */
import { Hono } from 'hono';
import { now } from '../../core/clock.ts';
import { limitBody } from '../http.ts';
import type { Door } from './doors/door.ts';
import { secretsOf } from './doors/secrets.ts';
import { type Env, parseConfig } from './env.ts';
import { takeEvents } from './take.ts';

export function webhookRoutes(doors: readonly Door[]) {
  const routes = new Hono<{ Bindings: Env }>();
  for (const door of doors) {
    const { webhook } = door;
    if (!webhook) continue;
    routes.post(`/${door.name}`, limitBody(webhook.maxBytes), async ({ req, env, json }) => {
      const { events, answer } = await webhook.verify(req.raw, secretsOf(door, env));
      await takeEvents(env, door, events, now(parseConfig(env)));
      return json(answer ?? { received: events.length });
    });
  }
  return routes;
}
