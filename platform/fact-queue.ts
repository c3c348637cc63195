/** Durable before the sender gets its 2xx: facts go on the queue, or straight into D1 where the queue refuses (F3). */
import type { Fact } from '../core/facts/fact.ts';
import { Fault } from '../core/faults.ts';
import { now } from './clock.ts';
import { parseConfig } from './config.ts';
import { refreshContacts } from './d1/refresh.ts';
import { writeFacts } from './d1/write-facts.ts';

/** What the queue carries: the facts of one delivery, and the door it came in at. */
export type FactMessage = { door: string; facts: Fact[] };

export type FactDoor = { FACT_QUEUE: Queue<FactMessage>; DB: D1Database };

/**
 * Resolves once every fact is durable, with those that were written here and now; what is queued lands later. Throws `Fault('storage_busy')` where neither the queue nor the database took them.
 */
export async function offerFacts(env: FactDoor, message: FactMessage): Promise<Fact[]> {
  if (message.facts.length === 0) return [];
  try {
    await env.FACT_QUEUE.send(message);
    return [];
  } catch (refused) {
    try {
      const config = parseConfig(env);
      const { contact_ids, landed } = await writeFacts(env.DB, message.facts, config);
      await refreshContacts(env.DB, contact_ids, now(config));
      return landed;
    } catch (error) {
      throw new Fault(
        'storage_busy',
        'neither the queue nor the database took the fact; send it again',
        {
          queue: String(refused),
          database: String(error),
        },
      );
    }
  }
}
