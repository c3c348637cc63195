/** Takes in what waits in quarantine, now that the house may have learnt to read it (F3). */
import { z } from 'zod';
import { type Fact, fact } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import {
  noteReplays,
  type Replayed,
  type Waiting,
  waitingEvents,
} from '../../warehouse/write/dead-events.ts';
import type { FactMessage } from '../fact-queue.ts';
import type { Door } from './doors/door.ts';
import { readEvent } from './doors/read.ts';
import { type Env, parseConfig } from './env.ts';

/**
 * One page of quarantine after `after`, event by event, so that one that cannot be read never holds
 * up the others. Each is read by the door that it came in at. Safe to repeat.
 */
export async function replay(
  env: Env,
  doors: readonly Door[],
  from: { after: string; only: string | null },
  now: number,
): Promise<Replayed> {
  const events = await waitingEvents(env.DB, from.after, from.only);
  const tried: { dead_id: string; reason?: string }[] = [];
  for (const event of events)
    try {
      await landFacts(env.DB, await factsOf(event, doors, now, env), parseConfig(env));
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

/** Faults of what is kept as facts: the writer refused it, or somebody discarded it. */
const keptAsFacts = ['storage_busy', 'discarded'];

/** What a waiting event holds, read by the door that it came in at. */
export async function factsOf(
  { dead_id, door: name, account, fault, body, delivery_id }: Waiting,
  doors: readonly Door[],
  now: number,
  env: Env,
): Promise<Fact[]> {
  if (keptAsFacts.includes(fault)) return readMessage(body);
  const door = doors.find((each) => each.name === name);
  if (!door) throw new Fault('not_found', `this house has no door called ${name}`);
  const event = { id: delivery_id ?? dead_id, account: account ?? undefined, body };
  return readEvent(door, event, now, env);
}

function readMessage(body: string): Fact[] {
  const { facts } = JSON.parse(body) as FactMessage;
  const read = z.array(fact).safeParse(facts);
  if (!read.success) throw new Fault('bad_input', z.prettifyError(read.error));
  return read.data;
}
