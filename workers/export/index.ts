/** Publishes the marts: every night, caught up by the hour, or when asked. */
import { parseConfig } from '../../core/config.ts';
import { catchUp } from './catch-up.ts';
import type { Env } from './env.ts';
import { routes } from './routes.ts';

export { Night } from './night.ts';

export default {
  fetch: routes.fetch,
  async scheduled(event, env) {
    await catchUp(env, parseConfig(env).NOW ?? event.scheduledTime);
  },
} satisfies ExportedHandler<Env>;
