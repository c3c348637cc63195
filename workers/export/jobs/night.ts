/** Publishes the night to every destination that lacks it, and tries again by the hour. */
import { Fault } from '../../../core/faults.ts';
import { MOST_ATTEMPTS } from '../../../warehouse/jobs.ts';
import type { Job } from '../../jobs.ts';
import { type Env, parseConfig } from '../env.ts';
import { readNightState } from '../night-state.ts';
import { startNight } from '../start.ts';

export const night: Job<Env> = {
  name: 'night',
  cron: '0 * * * *',
  at: (env) => ({ hour: parseConfig(env).NIGHT_HOUR }),
  async run(env, due) {
    const { destinations } = await readNightState(env, due);
    const to = destinations
      .filter(
        ({ is_behind, is_set_up, attempts }) => is_behind && is_set_up && attempts < MOST_ATTEMPTS,
      )
      .map(({ name }) => name);
    if (to.length === 0) return 'done';
    try {
      await startNight(env, to, due);
    } catch (error) {
      const isBusy = error instanceof Fault && error.code === 'destination_busy';
      if (!isBusy) throw error; // Else another night is under way: the next hour looks again.
    }
    return 'under way';
  },
};
