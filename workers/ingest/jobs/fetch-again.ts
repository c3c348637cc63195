/** Each minute the house fetches again what it could not: the text of a reply, for example. */
import { randomUUID } from 'node:crypto';
import type { Job } from '../../jobs.ts';
import { doors } from '../doors/index.ts';
import type { Env } from '../env.ts';
import { readAgain } from '../read-again.ts';

export const fetchAgain: Job<Env> = {
  name: 'fetch_again',
  cron: '* * * * *',
  async run(env) {
    await readAgain(env, doors, randomUUID());
    return 'done';
  },
};
