/** The jobs of this Worker; `wrangler.jsonc` has the same crons. */
import type { Job } from '../../jobs.ts';
import type { Env } from '../env.ts';
import { marts } from './marts.ts';
import { notices } from './notices.ts';
import { score } from './score.ts';

export const jobs: Job<Env>[] = [score, marts, notices];
