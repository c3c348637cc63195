/** Events that wait because the house could not fetch what they only name are read again (F3). */
import { now } from '../../core/clock.ts';
import type { Fact } from '../../core/facts/fact.ts';
import { Fault } from '../../core/faults.ts';
import {
  noteReplays,
  type Tried,
  unfetchedEvents,
  type Waiting,
} from '../../warehouse/write/dead-events.ts';
import { offerFacts } from '../fact-queue.ts';
import { logFailure } from '../log-failure.ts';
import type { Door } from './doors/door.ts';
import { type Env, parseConfig } from './env.ts';
import { writePulse } from './pulse.ts';
import { factsOf } from './replay.ts';

/** On the free plan an invocation makes 50 requests, and an event may take several. */
const MOST = 20;
/** After so many in a row that get no answer the provider is left alone until the next time. */
const MOST_UNANSWERED = 3;

/**
 * Reads the events after the id `after` first: another one each time, so that one that can never be
 * fetched does not hold up the others. The facts are durable before an event is noted as taken in.
 */
export async function readAgain(env: Env, doors: readonly Door[], after: string): Promise<void> {
  const events = await unfetchedEvents(env.DB, { after, most: MOST });
  if (events.length === 0) return;
  const at = now(parseConfig(env));
  const facts = new Map<string, Fact[]>();
  const tried: Tried[] = [];
  let unanswered = 0;
  for (const event of events) {
    if (unanswered === MOST_UNANSWERED) break;
    const found = await readOne(event, doors, at, env);
    unanswered = 'fault' in found && found.fault === 'source_busy' ? unanswered + 1 : 0;
    tried.push({ dead_id: event.dead_id, ...('fault' in found ? found : {}) });
    if ('facts' in found) facts.set(event.door, [...(facts.get(event.door) ?? []), ...found.facts]);
  }
  for (const [door, held] of facts)
    await writePulse(env, await offerFacts(env, { door, facts: held }));
  await noteReplays(env.DB, tried, at);
}

async function readOne(
  event: Waiting,
  doors: readonly Door[],
  at: number,
  env: Env,
): Promise<{ facts: Fact[] } | { fault: string; reason: string }> {
  try {
    return { facts: await factsOf(event, doors, at, env) };
  } catch (error) {
    if (!(error instanceof Fault)) logFailure(`${event.door}: an event could not be read`, error);
    if (!(error instanceof Fault)) return { fault: 'internal', reason: 'the log says why' };
    // A door that is off at present is on again some day.
    const fault = error.code === 'config' ? event.fault : error.code;
    return { fault, reason: error.message };
  }
}
