/** Derives everyone's status, stage and score once a day, before the night publishes them (L5). */
import { now } from '../../../core/clock.ts';
import { refreshAll } from '../../../warehouse/derive/refresh.ts';
import { ensureHouse } from '../../../warehouse/house.ts';
import type { Job } from '../../jobs.ts';
import { type Env, parseConfig } from '../env.ts';

export const score: Job<Env> = {
  name: 'score',
  cron: '30 * * * *',
  at: () => ({ hour: 1, minute: 30 }),
  async run(env) {
    const config = parseConfig(env);
    await ensureHouse(env.DB, config);
    await refreshAll(env.DB, now(config));
    return 'done';
  },
};
