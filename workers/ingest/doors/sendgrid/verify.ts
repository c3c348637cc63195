/** A batch of SendGrid's Event Webhook, verified and taken apart. */
import { hash } from '../../../../core/hash.ts';
import { jsonOf } from '../../../../core/json.ts';
import type { Delivery, DoorEvent } from '../door.ts';
import { memberOf } from '../json.ts';
import { signedText } from '../signed-text.ts';
import { badSignature, isSigned } from './signature.ts';

/**
 * Verifies the raw body against each current key. An event keeps SendGrid's id for it over retries;
 * one without, and a body that is no list, has a hash of its text. Throws `Fault('bad_signature')`.
 */
export async function verify(request: Request, keys: readonly string[]): Promise<Delivery> {
  const body = await signedText(request);
  if (!(await isSigned(request.headers, new TextEncoder().encode(body), keys)))
    throw badSignature();
  return { events: eventsOf(body) };
}

function eventsOf(body: string): DoorEvent[] {
  const batch = jsonOf(body);
  if (!Array.isArray(batch)) return [{ id: hash(body), body }];
  return batch.map((event) => eventOf(event, body));
}

/** Of an event that is nested too deeply to be written again, the whole batch is kept. */
function eventOf(event: unknown, batch: string): DoorEvent {
  const body = textOf(event) ?? batch;
  return { id: memberOf(event, 'sg_event_id') ?? hash(body), body };
}

function textOf(event: unknown): string | undefined {
  try {
    return JSON.stringify(event);
  } catch {
    return undefined;
  }
}
