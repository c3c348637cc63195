/** Takes in what waits in quarantine, now that the house may have learnt to read it (F3). */
import { z } from 'zod';
import { type Fact, fact } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import {
  noteReplays,
  type Replayed,
  type Waiting,
  waitingEvents,
} from '../../warehouse/write/dead-events.ts';
import type { FactMessage } from '../fact-queue.ts';
import { normalise } from './doors/resend/facts.ts';
import type { Env } from './env.ts';
import { land } from './land.ts';

/** One page of quarantine after `after`, event by event, so that one that cannot be read never holds up the others. Safe to repeat. */
export async function replay(
  env: Env,
  from: { after: string; only: string | null },
  now: number,
): Promise<Replayed> {
  const events = await waitingEvents(env.DB, from.after, from.only);
  const tried: { dead_id: string; reason?: string }[] = [];
  for (const event of events)
    try {
      await land(env, factsOf(event, now));
      tried.push({ dead_id: event.dead_id });
    } catch (error) {
      tried.push({
        dead_id: event.dead_id,
        reason: error instanceof Error ? error.message : String(error),
      });
    }
  await noteReplays(env.DB, tried, now);
  const waiting = tried.flatMap(({ dead_id, reason }) =>
    reason === undefined ? [] : [{ dead_id, reason }],
  );
  return { replayed: tried.length - waiting.length, waiting, next: events.at(-1)?.dead_id ?? null };
}

/** What could not be understood is a delivery's body; what could not be written is a message of the queue. */
function factsOf({ dead_id, fault, body, delivery_id }: Waiting, now: number): Fact[] {
  if (fault === 'unknown_event') return normalise({ id: delivery_id ?? dead_id, body }, now);
  const { facts } = JSON.parse(body) as FactMessage;
  const read = z.array(fact).safeParse(facts);
  if (!read.success) throw new Fault('bad_input', z.prettifyError(read.error));
  return read.data;
}
