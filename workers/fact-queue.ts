/**
 * Durable before the sender gets its 2xx: facts go on the queue, or straight into D1 where the
 * queue refuses (F3).
 * Home of F3.
 */
import { configParser, type FactsConfig } from '../core/config.ts';
import type { Fact } from '../core/facts/fact.ts';
import { upgradeFact } from '../core/facts/upgrade.ts';
import { Fault } from '../core/faults.ts';
import { contactKeySettings, houseSettings, localSettings } from '../core/settings.ts';
import { landFacts } from '../warehouse/land-facts.ts';
import { dropMessages, isClosed, keepMessage, readMessages } from '../warehouse/write/inbox.ts';
import { logFailure } from './log-failure.ts';

/** The facts of one delivery, and the door it came in at. */
export type FactMessage = { door: string; facts: Fact[] };

/**
 * What the queue carries: on Cloudflare the message, on the local house the id under which its
 * inbox keeps it.
 */
export type Queued = FactMessage | { inbox_id: number };

export type FactDoor = { FACT_QUEUE: Queue<Queued>; DB: D1Database };

const parseConfig = configParser({
  ...houseSettings,
  ...contactKeySettings,
  ...localSettings,
});

/**
 * Resolves once every fact is durable, with those that were written here and now; what is queued
 * lands later. Throws `Fault('storage_busy')` where it could not be made durable.
 */
export async function offerFacts(env: FactDoor, message: FactMessage): Promise<Fact[]> {
  if (message.facts.length === 0) return [];
  const config = parseConfig(env);
  if (config.INBOX_LOCAL) return offerToInbox(env, message);
  try {
    await env.FACT_QUEUE.send(message);
    return [];
  } catch (refused) {
    logFailure('the queue refused a message; it goes straight into the tables', refused);
    return writeHere(env.DB, message.facts, config);
  }
}

/**
 * Cloudflare keeps what it queues; the local queue forgets it when the process ends, so the inbox
 * keeps it.
 */
async function offerToInbox({ DB, FACT_QUEUE }: FactDoor, message: FactMessage): Promise<Fact[]> {
  try {
    const inbox_id = await keepMessage(DB, message);
    await FACT_QUEUE.send({ inbox_id });
    return [];
  } catch (error) {
    if (isClosed(error)) throw new Fault('storage_busy', 'the house is closing; send it again');
    logFailure('the inbox took no message', error);
    throw new Fault('storage_busy', 'the house could not take this; send it again');
  }
}

async function writeHere(db: D1Database, facts: Fact[], config: FactsConfig): Promise<Fact[]> {
  try {
    return (await landFacts(db, facts, config)).landed;
  } catch (error) {
    logFailure('the database refused a message, too', error);
    throw new Fault(
      'storage_busy',
      'neither the queue nor the database took the fact; send it again',
    );
  }
}

const idsOf = (queued: Queued[]): number[] =>
  queued.flatMap((each) => ('inbox_id' in each ? each.inbox_id : []));

/**
 * The messages that the queue names; those that have left the inbox have landed, and are passed
 * over. Those of the version before are read as well.
 */
export async function messagesOf(db: D1Database, queued: Queued[]): Promise<FactMessage[]> {
  const ids = idsOf(queued);
  const kept = ids.length > 0 ? await readMessages<FactMessage>(db, ids) : new Map();
  const messages: FactMessage[] = queued.flatMap((each) =>
    'inbox_id' in each ? (kept.get(each.inbox_id) ?? []) : each,
  );
  return messages.map(({ door, facts }) => ({ door, facts: facts.map(upgradeFact) as Fact[] }));
}

/** To be called once what `queued` speaks of stands in the tables or in quarantine. */
export async function forget(db: D1Database, queued: Queued[]): Promise<void> {
  const ids = idsOf(queued);
  if (ids.length > 0) await dropMessages(db, ids);
}
