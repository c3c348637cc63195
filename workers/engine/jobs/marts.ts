/** Refreshes the stored marts as soon as they are due and D1 has had its rest (decision 17). */
import { ensureHouse } from '../../../warehouse/house.ts';
import { refreshMarts } from '../../../warehouse/stored/refresh-marts.ts';
import type { Job } from '../../jobs.ts';
import { type Env, parseConfig } from '../env.ts';

export const marts: Job<Env> = {
  name: 'marts',
  cron: '* * * * *',
  async run(env) {
    const config = parseConfig(env);
    await ensureHouse(env.DB, config);
    await refreshMarts(env.DB, config);
    return 'done';
  },
};
