/** `POST /rebuild`: API token only. */
import { Hono } from 'hono';
import { isBearer } from '../../core/bearer.ts';
import { parseConfig } from '../../core/config.ts';
import { Fault } from '../../core/faults.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import type { Env } from './env.ts';

export const routes = new Hono<{ Bindings: Env }>();

routes.onError((error, context) => {
  if (!(error instanceof Fault)) throw error;
  return context.json(
    { error: error.code, message: error.message },
    error.code === 'bad_token' ? 401 : 409,
  );
});

routes.post('/rebuild', async (context) => {
  const config = parseConfig(context.env);
  if (!isBearer(context.req.header('authorization'), config.API_TOKEN))
    throw new Fault('bad_token', 'send the API token as Authorization: Bearer …');
  await ensureHouse(context.env.DB, config);
  return context.json(await rebuild(context.env.DB, config));
});
