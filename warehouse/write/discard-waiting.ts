/** Ends the wait of a fact: it goes to quarantine whole, and `replay` can bring it back (F3). */
import type { Fact } from '../../core/facts/fact.ts';
import type { ThingKind } from '../../core/facts/thing-kinds.ts';
import { Fault } from '../../core/faults.ts';
import { readWaitingFact } from '../read/waiting.ts';
import { buryEvents } from './dead-events.ts';
import { discard } from './discard.ts';

/**
 * `waiting_key` is as `list waiting` shows it; `now` in UTC ms. Answers how many facts it was and
 * whose, for the refresh. Throws `Fault('not_found')` where nothing waits under it.
 */
export async function discardWaiting(
  db: D1Database,
  waiting_key: string,
  now: number,
): Promise<{ discarded: number; contact_ids: number[] }> {
  const waiting = await readWaitingFact(db, waiting_key);
  if (!waiting) throw new Fault('not_found', `no fact waits under the key ${waiting_key}`);
  const { kind, waits_for, address } = waiting;
  if (address === null) {
    const key = waiting_key.slice(kind.length + 1);
    return discard(db, { kind: kind as ThingKind, key }, now);
  }
  const facts = waiting.facts as Fact[];
  const reason = `discarded by hand while it waited for its ${waits_for} ${address}`;
  const body = JSON.stringify({ door: 'discard', facts });
  const dead = { door: 'discard', fault: 'discarded', reason, body, discarded_at: now };
  await buryEvents(db, [dead], now);
  await db.prepare('delete from waiting_facts where delivery = ?').bind(waiting_key).run();
  return { discarded: facts.length, contact_ids: [] };
}
