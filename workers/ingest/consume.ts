/** The consumer of both queues. One message that cannot be written never holds up the others. */
import { now } from '../../core/clock.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { buryEvents } from '../../warehouse/write/dead-events.ts';
import { noteArrivals } from '../../warehouse/write/doors.ts';
import { forget, messagesOf, type Queued } from '../fact-queue.ts';
import { logFailure } from '../log-failure.ts';
import { type Env, parseConfig } from './env.ts';
import { writePulse } from './pulse.ts';

/**
 * Lands the whole batch at once; if that fails, message by message, so that only the poisonous one
 * is tried again.
 */
export async function consumeFacts(batch: MessageBatch<Queued>, env: Env): Promise<void> {
  try {
    await consume(batch.messages, env);
  } catch (error) {
    logFailure(`a batch of ${batch.messages.length} is taken message by message`, error);
    for (const message of batch.messages) await consumeAlone(message, env);
  }
}

/**
 * Writes all of `queued` in one batch and acknowledges it. A crash before the end heals with the
 * next delivery (F1).
 */
async function consume(queued: readonly Message<Queued>[], env: Env): Promise<void> {
  const bodies = queued.map(({ body }) => body);
  const messages = await messagesOf(env.DB, bodies);
  const config = parseConfig(env);
  const facts = messages.flatMap((message) => message.facts);
  const { landed } = await landFacts(env.DB, facts, config);
  await forget(env.DB, bodies);
  const doors = messages.map(({ door }) => door);
  await noteArrivals(env.DB, doors, now(config));
  for (const message of queued) message.ack();
  await writePulse(env, landed);
}

async function consumeAlone(message: Message<Queued>, env: Env): Promise<void> {
  try {
    await consume([message], env);
  } catch (error) {
    logFailure(`message ${message.id} is tried again`, error);
    message.retry();
  }
}

/** What failed at every try is kept with its reason, and can be replayed. */
export async function consumeDead(batch: MessageBatch<Queued>, env: Env): Promise<void> {
  const bodies = batch.messages.map(({ body }) => body);
  const events = (await messagesOf(env.DB, bodies)).map((message) => ({
    door: String(message.door ?? 'queue'),
    fault: 'storage_busy',
    reason: 'the writer refused this message at every try',
    body: JSON.stringify(message),
  }));
  await buryEvents(env.DB, events, now(parseConfig(env)));
  await forget(env.DB, bodies);
  batch.ackAll();
}
