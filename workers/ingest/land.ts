/** Facts into the house: written once, what is derived from them refreshed. */

import { now } from '../../core/clock.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { refreshContacts } from '../../warehouse/derive/refresh.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { type Env, parseConfig } from './env.ts';

/**
 * Writes the facts in one atomic batch, then refreshes every contact that they name, those of
 * duplicates too: a crash in between heals with the second delivery.
 */
export async function land(env: Env, facts: Fact[]) {
  const config = parseConfig(env);
  const written = await writeFacts(env.DB, facts, config);
  await refreshContacts(env.DB, written.contact_ids, now(config));
  return written;
}
