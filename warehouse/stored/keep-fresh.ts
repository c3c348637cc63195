/** Watches the stored marts for a while, so that a fact is on the dashboard soon (decision 17). */
import { type RefreshConfig, refreshMarts } from './refresh-marts.ts';

/** Asking costs D1 one statement over a handful of rows. */
const LOOK_MS = 5000;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * For `ms` milliseconds, refreshes the stored marts as soon as that is due and D1 has had its rest.
 * Any number may watch at once.
 */
export async function keepFresh(
  db: D1Database,
  config: RefreshConfig,
  ms: number,
  sleep = wait,
): Promise<void> {
  const began = Date.now();
  for (;;) {
    await refreshMarts(db, config);
    // A clock that was set back must not keep it watching.
    if (Math.abs(Date.now() + LOOK_MS - began) >= ms) return;
    await sleep(LOOK_MS);
  }
}
