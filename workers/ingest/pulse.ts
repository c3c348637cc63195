/**
 * The live pulse of the doors: a point per fact that was not known before (F7). It never holds up a
 * fact.
 */
import type { Fact } from '../../core/facts/fact.ts';
import { writePoints } from '../../platform/analytics-engine.ts';
import { logFailure } from '../log-failure.ts';
import type { Env } from './env.ts';

export async function writePulse(env: Env, facts: Fact[]): Promise<void> {
  try {
    await writePoints(env, facts);
  } catch (error) {
    logFailure('the pulse was not written', error);
  }
}
