/** What a door was told, taken in: every fact durable, what cannot be read in quarantine (F3). */
import type { Fact } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import { buryEvents, type DeadEvent } from '../../warehouse/write/dead-events.ts';
import { countIgnored } from '../../warehouse/write/ignored-events.ts';
import { offerFacts } from '../fact-queue.ts';
import { logFailure } from '../log-failure.ts';
import type { Door, DoorEvent } from './doors/door.ts';
import { readEvent } from './doors/read.ts';
import type { Env } from './env.ts';
import { writePulse } from './pulse.ts';

/**
 * Reads event by event: one that cannot be read does not hold up the others. Resolves with the
 * number of facts once all are durable; `at` is UTC ms. Throws what a retry can mend.
 */
export async function takeEvents(
  env: Env,
  door: Door,
  events: DoorEvent[],
  at: number,
): Promise<number> {
  const facts: Fact[] = [];
  const unread: DeadEvent[] = [];
  const ignored: string[] = [];
  for (const event of events)
    try {
      const held = await readEvent(door, event, at, env);
      facts.push(...held);
      if (held.length === 0) ignored.push(...[door.typeOf?.(event) ?? []].flat());
    } catch (error) {
      unread.push(deadEvent(door, event, error));
    }
  await writePulse(env, await offerFacts(env, { door: door.name, facts }));
  if (unread.length > 0) await buryEvents(env.DB, unread, at);
  await countIgnored(env.DB, door.name, ignored, at).catch((error) =>
    logFailure(`${door.name}: events without facts were not counted`, error),
  );
  return facts.length;
}

/** Throws what the sender can mend by another try; what the house has to fetch it tries itself. */
function deadEvent(door: Door, { id, account, body }: DoorEvent, error: unknown): DeadEvent {
  if (error instanceof Fault && error.retry && error.code !== 'source_busy') throw error;
  if (!(error instanceof Fault)) logFailure(`${door.name}: an event could not be read`, error);
  const { code, message } =
    error instanceof Fault
      ? error
      : new Fault('internal', 'the house failed to read it; the log says where');
  return { door: door.name, account, delivery_id: id, fault: code, reason: message, body };
}
