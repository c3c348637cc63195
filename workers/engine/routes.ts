/** `POST /rebuild`, and `GET /rebuild` for what it would put right: API token only. */
import { Hono } from 'hono';
import { now } from '../../core/clock.ts';
import { rebuild } from '../../warehouse/derive/rebuild.ts';
import { ensureHouse } from '../../warehouse/house.ts';
import { compareAll } from '../../warehouse/stored/compare.ts';
import { answerFaults, needToken } from '../http.ts';
import { type Env, parseConfig } from './env.ts';

export const routes = new Hono<{ Bindings: Env }>();

routes.onError(answerFaults());
routes.use(needToken);

/** How many people were compared, and of how many other rows are stored than their facts give. */
routes.get('/rebuild', async (context) => {
  const config = parseConfig(context.env);
  const { compared, wrong } = await compareAll(context.env.DB, now(config));
  return context.json({ compared, wrong: wrong.length });
});

routes.post('/rebuild', async (context) => {
  const config = parseConfig(context.env);
  await ensureHouse(context.env.DB, config);
  return context.json(await rebuild(context.env.DB, config));
});
