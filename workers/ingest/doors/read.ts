/** An event read by its door: no fact leaves it that the house could not store. */
import { type Fact, fact } from '../../../core/facts/fact.ts';
import { Fault } from '../../../core/faults.ts';
import { observedAtError } from '../../../core/instant.ts';
import type { Door, DoorEvent } from './door.ts';
import { read } from './json.ts';
import { secretsOf } from './secrets.ts';

/**
 * The facts of an event. `now` is UTC ms. Throws `unknown_event` for what the door cannot read and
 * for what could never be stored: a key over 500 characters, an instant outside the calendar or
 * more than a day ahead; `config` where the door is off.
 */
export async function readEvent(
  door: Door,
  event: DoorEvent,
  now: number,
  env: object,
): Promise<Fact[]> {
  return storable(await door.facts(event, now, secretsOf(door, env)), now);
}

/** These facts, as the house stores them. Throws `unknown_event` for what could never be stored. */
export function storable(facts: Fact[], now: number): Fact[] {
  const stored = facts.map((one) => read(fact, one));
  for (const [name, instant] of stored.flatMap(instantsOf)) {
    const error = observedAtError(instant, now);
    if (error) throw new Fault('unknown_event', `${name}: ${error}`);
  }
  return stored;
}

const instantsOf = (fact: Fact): [name: string, instant: number][] =>
  fact.kind === 'email_event'
    ? [
        ['occurred_at', fact.occurred_at],
        ['message.created_at', fact.message.created_at],
      ]
    : [['observed_at', fact.observed_at]];
