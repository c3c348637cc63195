/** The clockwork. Every day the scorer derives everyone's status, stage and score as of then (L5); when asked, all of it anew. */
import { now } from '../../core/clock.ts';
import { parseConfig } from '../../core/config.ts';
import { refreshAll } from '../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../warehouse/house.ts';
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
