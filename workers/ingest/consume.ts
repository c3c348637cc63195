/** The consumer of both queues. One message that cannot be written never holds up the others. */
import { now } from '../../core/clock.ts';
import { landFacts } from '../../warehouse/land-facts.ts';
import { d1Message } from '../../warehouse/statement.ts';
import { noteArrivals } from '../../warehouse/write/arrivals.ts';
import { buryEvents } from '../../warehouse/write/dead-events.ts';
import { forget, messagesOf, type Queued } from '../fact-queue.ts';
import { logFailure } from '../log-failure.ts';
import { arrivalsOf } from './arrivals.ts';
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
  const at = now(config);
  await noteArrivals(env.DB, arrivalsOf(messages, landed, at), at);
  for (const message of queued) message.ack();
  await writePulse(env, landed);
}

async function consumeAlone(message: Message<Queued>, env: Env): Promise<void> {
  try {
    await consume([message], env);
  } catch (error) {
    logFailure(`message ${message.id} is tried again`, error);
    message.retry({ delaySeconds: waitBefore(message) });
  }
}

const LONGEST_WAIT_S = 3600;

/**
 * Seconds: one, two, four and so on, up to an hour. The 100 tries that `facts-dead` has in
 * `wrangler.jsonc` take almost four days, as long as Cloudflare keeps a message.
 */
const waitBefore = ({ attempts }: Message): number => Math.min(2 ** (attempts - 1), LONGEST_WAIT_S);

/**
 * The last stop: what the writer refused at every try is tried once more, and then kept in
 * quarantine with its reason. Where the database takes neither, the message stays on the queue.
 */
export async function consumeDead(batch: MessageBatch<Queued>, env: Env): Promise<void> {
  for (const message of batch.messages)
    try {
      await landOrBury(message, env);
    } catch (error) {
      logFailure(`message ${message.id} waits for the database`, error);
      message.retry({ delaySeconds: waitBefore(message) });
    }
}

async function landOrBury(message: Message<Queued>, env: Env): Promise<void> {
  try {
    await consume([message], env);
  } catch (error) {
    await bury(message.body, env, d1Message(error) ?? 'the log says where');
    logFailure(`message ${message.id} is in quarantine`, error);
    message.ack();
  }
}

async function bury(queued: Queued, env: Env, why: string): Promise<void> {
  const events = (await messagesOf(env.DB, [queued])).map((message) => ({
    door: String(message.door ?? 'queue'),
    fault: 'storage_busy',
    reason: `the writer refused this message at every try: ${why}`,
    body: JSON.stringify(message),
  }));
  await buryEvents(env.DB, events, now(parseConfig(env)));
  await forget(env.DB, [queued]);
}
