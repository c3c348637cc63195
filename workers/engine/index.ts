/** The clockwork. Every day the scorer derives everyone's status, stage and score as of then (L5). */
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import { ensureHouse } from '../../platform/d1/house.ts';
import { refreshAll } from '../../platform/d1/refresh.ts';

type Env = { DB: D1Database };

export default {
  async scheduled(_, env) {
    const config = parseConfig(env);
    await ensureHouse(env.DB, config);
    await refreshAll(env.DB, now(config));
  },
} satisfies ExportedHandler<Env>;
