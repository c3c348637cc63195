/** The jobs of this Worker; `wrangler.jsonc` has the same crons. */
import type { Job } from '../../jobs.ts';
import type { Env } from '../env.ts';
import { night } from './night.ts';

export const jobs: Job<Env>[] = [night];
