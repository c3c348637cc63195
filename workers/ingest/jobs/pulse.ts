/** Compares the live pulse with the facts that landed, once a night (F7). */
import { now } from '../../../core/clock.ts';
import { PulseError, pointsByHour } from '../../../platform/live-pulse.ts';
import { comparePulse } from '../../../warehouse/nights/pulse-checks.ts';
import type { Job } from '../../jobs.ts';
import { type Env, parseConfig } from '../env.ts';

export const pulse: Job<Env> = {
  name: 'pulse',
  cron: '* * * * *',
  at: () => ({ hour: 1, minute: 30 }),
  async run(env) {
    try {
      const points = await pointsByHour(env);
      await comparePulse(env.DB, points, now(parseConfig(env)));
    } catch (error) {
      if (!(error instanceof PulseError)) throw error;
      console.warn(`the pulse was not compared: ${error.message}`);
    }
    return 'done';
  },
};
