/** Delivers a season through the house's real doors, as providers and programs would. */
import { Webhook } from 'svix';
import type { Delivery } from './delivery.ts';

export type Doors = {
  /** The house's address. */
  url: string | URL;
  /** The API token. */
  token: string;
  /** The signing secret of the Resend webhook (`whsec_…`). */
  resendSecret: string;
};

export type Progress = (done: number, total: number) => void;

const AT_ONCE = 24;

/**
 * Sends each delivery once, `AT_ONCE` at a time, and resolves when all are acknowledged. A refusal
 * throws with the door's answer; a busy door (5xx) is retried up to five times.
 */
export async function deliver(
  deliveries: readonly Delivery[],
  doors: Doors,
  progress?: Progress,
): Promise<void> {
  const webhook = new Webhook(doors.resendSecret);
  let started = 0;
  let done = 0;
  const worker = async () => {
    while (started < deliveries.length) {
      await push(deliveries[started++] as Delivery, doors, webhook);
      done++;
      if (done % 200 === 0 || done === deliveries.length) progress?.(done, deliveries.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function push(delivery: Delivery, doors: Doors, webhook: Webhook): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(...requestOf(delivery, doors, webhook));
    const answer = await response.text();
    if (response.ok) return;
    const what =
      delivery.door === 'webhook'
        ? `webhook ${delivery.svixId}`
        : `${delivery.path} ${delivery.key}`;
    if (response.status < 500 || attempt === 5)
      throw new Error(`${what}: ${response.status} ${answer}`);
    await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
  }
}

/**
 * The request of a delivery: signed at this moment for the webhook, with its idempotency key for
 * the API.
 */
export function requestOf(
  delivery: Delivery,
  doors: Doors,
  webhook = new Webhook(doors.resendSecret),
): [URL, RequestInit] {
  const json = { 'content-type': 'application/json' };
  if (delivery.door === 'api') {
    const headers = {
      ...json,
      authorization: `Bearer ${doors.token}`,
      'idempotency-key': delivery.key,
    };
    return [
      new URL(delivery.path, doors.url),
      { method: 'POST', headers, body: JSON.stringify(delivery.body) },
    ];
  }
  const body = JSON.stringify(delivery.payload);
  const signedAt = new Date();
  const headers = {
    ...json,
    'svix-id': delivery.svixId,
    'svix-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
    'svix-signature': webhook.sign(delivery.svixId, signedAt, body),
  };
  return [new URL('/webhooks/resend', doors.url), { method: 'POST', headers, body }];
}
