/** `POST /rebuild`: API token only. */
import { Hono } from 'hono';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { answerFaults, needToken } from '../http.ts';
import { type Env, parseConfig } from './env.ts';

export const routes = new Hono<{ Bindings: Env }>();

routes.onError(answerFaults());
routes.use(needToken);

routes.post('/rebuild', async (context) => {
  const config = parseConfig(context.env);
  await ensureHouse(context.env.DB, config);
  return context.json(await rebuild(context.env.DB, config));
});
