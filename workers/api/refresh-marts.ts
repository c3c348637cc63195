/** Small houses refresh their marts while somebody waits for them; nobody stops a large one. */
import { refreshMarts } from '../../warehouse/stored/refresh-marts.ts';
import { logFailure } from '../log-failure.ts';
import { type Env, parseConfig } from './env.ts';

/** A refresh takes D1 about a millisecond for each. */
const SMALL = 1000;

/** In a small house refreshes what is due; if that fails, what was stored before is shown. */
export async function refreshIfSmall(env: Env): Promise<void> {
  try {
    await refreshMarts(env.DB, parseConfig(env), { most_people: SMALL });
  } catch (error) {
    logFailure('the marts were not refreshed', error);
  }
}
