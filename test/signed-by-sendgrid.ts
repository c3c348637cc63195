/** SendGrid's deliveries as its servers send them: a batch of events, signed with ECDSA. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Delivery } from './signed.ts';

export type SendGridKey = {
  privateKey: KeyObject;
  /** SENDGRID_WEBHOOK_PUBLIC_KEY */
  publicKey: string;
};

export function newSendGridKey(): SendGridKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, publicKey: der.toString('base64') };
}

/** An event of message `m1` to Ana, or of what `members` says instead. */
export const sendGridEvent = (event: string, members: object = {}): object => ({
  email: 'Ana@Example.com',
  event,
  sg_event_id: `${event}-1`,
  sg_message_id: 'm1.recvd-6f5c5b8d9-abcde-1-66B0F2A1-3.0',
  timestamp: Date.parse('2026-03-01T10:00:01Z') / 1000,
  campaign: 'spring',
  version: '1',
  step: '2',
  email_type: 'pain_point',
  ...members,
});

/** A JSON list as SendGrid writes it: each event ends with CRLF. */
export const batchOf = (events: unknown[]): string =>
  `[${events.map((event) => JSON.stringify(event)).join(',\r\n')}\r\n]`;

export function signedBatch(
  body: string,
  { privateKey }: SendGridKey,
  at = new Date(),
): Delivery & { body: string } {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = sign('sha256', Buffer.from(timestamp + body), {
    key: privateKey,
    dsaEncoding: 'der',
  });
  const headers = {
    'content-type': 'application/json',
    'x-twilio-email-event-webhook-signature': signature.toString('base64'),
    'x-twilio-email-event-webhook-timestamp': timestamp,
  };
  return { method: 'POST', body, headers };
}
