/** Tells what has been wrong for an hour, once for each, and forgets arrivals of long ago. */
import { now } from '../../../core/clock.ts';
import { noticesOf } from '../../../core/notices.ts';
import { readSources, readWaited } from '../../../warehouse/read/sources.ts';
import { forgetArrivals } from '../../../warehouse/write/arrivals.ts';
import { noteTold, untoldNotices } from '../../../warehouse/write/notices.ts';
import type { Job } from '../../jobs.ts';
import { type Env, parseConfig } from '../env.ts';
import { places } from '../notices.ts';

export const notices: Job<Env> = {
  name: 'notices',
  cron: '30 * * * *',
  async run(env) {
    const at = now(parseConfig(env));
    const [sources, waited] = await Promise.all([readSources(env.DB, at), readWaited(env.DB, at)]);
    const untold = await untoldNotices(env.DB, noticesOf(sources, waited, at));
    for (const notice of untold) for (const tell of places) await tell(notice, env);
    await noteTold(env.DB, untold);
    await forgetArrivals(env.DB, at);
    return 'done';
  },
};
