/** The consumer of both queues. One message that cannot be written never holds up the others. */
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import { buryEvents } from '../../platform/d1/dead-events.ts';
import type { FactMessage } from '../../platform/fact-queue.ts';
import { logFailure } from '../../platform/log-failure.ts';
import type { Env } from './env.ts';
import { land } from './land.ts';
import { writePulse } from './pulse.ts';

/** Lands the whole batch at once; if that fails, message by message, so that only the poisonous one is tried again. */
export async function consumeFacts(batch: MessageBatch<FactMessage>, env: Env): Promise<void> {
  try {
    const { landed } = await land(
      env,
      batch.messages.flatMap((message) => message.body.facts),
    );
    batch.ackAll();
    await writePulse(env, landed);
  } catch (error) {
    logFailure(`a batch of ${batch.messages.length} is taken message by message`, error);
    for (const message of batch.messages) await consumeAlone(message, env);
  }
}

async function consumeAlone(message: Message<FactMessage>, env: Env): Promise<void> {
  try {
    const { landed } = await land(env, message.body.facts);
    message.ack();
    await writePulse(env, landed);
  } catch (error) {
    logFailure(`message ${message.id} is tried again`, error);
    message.retry();
  }
}

/** What failed at every try is kept with its reason, and can be replayed. */
export async function consumeDead(batch: MessageBatch<FactMessage>, env: Env): Promise<void> {
  const reason = 'the writer refused this message at every try';
  const events = batch.messages.map(({ body }) => ({
    ...{
      door: String(body?.door ?? 'queue'),
      fault: 'storage_busy',
      reason,
      body: JSON.stringify(body),
    },
  }));
  await buryEvents(env.DB, events, now(parseConfig(env)));
  batch.ackAll();
}
