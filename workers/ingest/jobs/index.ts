/** The jobs of this Worker; `wrangler.jsonc` has the same crons. */
import { setTimeout } from 'node:timers/promises';
import { MINUTE } from '../../../core/durations.ts';
import type { Job } from '../../jobs.ts';
import type { Door } from '../doors/door.ts';
import { doors } from '../doors/index.ts';
import { whyOff } from '../doors/secrets.ts';
import type { Env } from '../env.ts';
import { runPoll } from '../polls/run.ts';
import { fetchAgain } from './fetch-again.ts';
import { pulse } from './pulse.ts';

/** A job for each door that is polled; what a run failed at stands in `polls`. */
export const pollJobs = (doors: readonly Door[]): Job<Env>[] =>
  doors.flatMap((door) =>
    door.poll === undefined
      ? []
      : [
          {
            name: door.name,
            cron: door.poll.cron,
            /** Two runs at once do no harm: one that broke off holds up no later one. */
            lease: MINUTE / 2,
            async run(env) {
              if (whyOff(door, env) !== null) return 'done';
              const again_at = Date.now() + (door.poll?.again_after_ms ?? 0);
              await runPoll(env, door);
              if (door.poll?.again_after_ms === undefined) return 'done';
              await setTimeout(again_at - Date.now());
              await runPoll(env, door);
              return 'done';
            },
          },
        ],
  );

export const jobs: Job<Env>[] = [...pollJobs(doors), fetchAgain, pulse];
