/** The clockwork. Every day the scorer derives everyone's status, stage and score as of then (L5); when asked, all of it anew. */
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import { ensureHouse } from '../../platform/d1/house.ts';
import { refreshAll } from '../../platform/d1/refresh.ts';
import type { Env } from './env.ts';
import { routes } from './routes.ts';

export default {
  fetch: routes.fetch,
  async scheduled(_, env) {
    const config = parseConfig(env);
    await ensureHouse(env.DB, config);
    await refreshAll(env.DB, now(config));
  },
} satisfies ExportedHandler<Env>;
