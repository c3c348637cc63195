/** The clockwork: what runs on a schedule, and a rebuild when asked. */
import { scheduled } from '../jobs.ts';
import type { Env } from './env.ts';
import { jobs } from './jobs/index.ts';
import { routes } from './routes.ts';

export default {
  fetch: routes.fetch,
  scheduled: scheduled('engine', jobs),
} satisfies ExportedHandler<Env>;
