/** Publishes the marts: every night, caught up by the hour, or when asked. */
import { scheduled } from '../jobs.ts';
import type { Env } from './env.ts';
import { jobs } from './jobs/index.ts';
import { routes } from './routes.ts';

export { Night } from './night.ts';

export default {
  fetch: routes.fetch,
  scheduled: scheduled('export', jobs),
} satisfies ExportedHandler<Env>;
