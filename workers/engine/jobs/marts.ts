/** Keeps the stored marts fresh from one wake to the next (decision 17). */
import { MINUTE } from '../../../core/durations.ts';
import { ensureHouse } from '../../../warehouse/house.ts';
import { keepFresh } from '../../../warehouse/stored/keep-fresh.ts';
import type { Job } from '../../jobs.ts';
import { type Env, parseConfig } from '../env.ts';

export const marts: Job<Env> = {
  name: 'marts',
  cron: '* * * * *',
  /** Refreshes keep each other out by themselves: a run that broke off holds up no later one. */
  lease: MINUTE / 2,
  async run(env) {
    const config = parseConfig(env);
    await ensureHouse(env.DB, config);
    await keepFresh(env.DB, config, MINUTE);
    return 'done';
  },
};
