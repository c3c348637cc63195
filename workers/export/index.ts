/** Publishes the marts: every night by cron, or when asked. */
import { parseConfig } from '../../platform/config.ts';
import { configuredDestinations } from './destinations.ts';
import type { Env } from './env.ts';
import { routes } from './routes.ts';
import { startNight } from './start.ts';

export { Night } from './night.ts';

export default {
  fetch: routes.fetch,
  async scheduled(event, env) {
    await startNight(env, configuredDestinations(parseConfig(env)), event.scheduledTime);
  },
} satisfies ExportedHandler<Env>;
