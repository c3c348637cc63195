/** Facts into the house: written once, what is derived from them refreshed. */
import { now } from '../core/clock.ts';
import type { FactsConfig } from '../core/config.ts';
import type { Fact } from '../core/facts/fact.ts';
import { refreshContacts } from './derive/refresh.ts';
import { type WriteReport, writeFacts } from './write/facts.ts';

/**
 * Writes the facts in one atomic batch, then refreshes every contact that they name, those of
 * duplicates too: a crash in between heals with the second delivery. Throws as `writeFacts`.
 */
export async function landFacts(
  db: D1Database,
  facts: Fact[],
  config: FactsConfig,
): Promise<WriteReport> {
  const written = await writeFacts(db, facts, config);
  await refreshContacts(db, written.contact_ids, now(config));
  return written;
}
