/** The consumer of both queues. One message that cannot be written never holds up the others. */
import { now } from '../../platform/clock.ts';
import { parseConfig } from '../../platform/config.ts';
import { buryEvents } from '../../platform/d1/dead-events.ts';
import type { FactMessage } from '../../platform/fact-queue.ts';
import type { Env } from './env.ts';
import { land } from './land.ts';
import { writePulse } from './pulse.ts';

/** Lands the whole batch at once; if that fails, message by message, so that only the poisonous one is tried again. */
export async function consumeFacts(batch: MessageBatch<FactMessage>, env: Env): Promise<void> {
  const messages = [...batch.messages];
  try {
    await land(env, messages.flatMap((message) => message.body.facts));
    batch.ackAll();
  } catch {
    for (const message of messages)
      await land(env, message.body.facts).then(
        () => message.ack(),
        () => message.retry(),
      );
  }
  await writePulse(env, messages.map((message) => message.body));
}

/** What failed at every try is kept with its reason, and can be replayed. */
export async function consumeDead(batch: MessageBatch<FactMessage>, env: Env): Promise<void> {
  const reason = 'the writer refused this message at every try';
  const events = batch.messages.map(({ body }) => ({
    ...{ door: String(body?.door ?? 'queue'), fault: 'storage_busy', reason, body: JSON.stringify(body) },
  }));
  await buryEvents(env.DB, events, now(parseConfig(env)));
  batch.ackAll();
}
