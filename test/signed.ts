/** Resend's deliveries as its servers send them: a body, signed by svix. */
import { Webhook } from 'svix';
import { RESEND_SECRET } from './house.ts';

/** An outbound event of message `m1` to Ana, or of what `data` says instead. */
export const mailEvent = (
  type: string,
  data: object = {},
  created_at = '2026-03-01T10:00:01.000Z',
): string =>
  JSON.stringify({
    type,
    created_at,
    data: {
      email_id: 'm1',
      created_at: '2026-03-01T10:00:00.000Z',
      from: 'us@house.test',
      to: ['Ana@Example.com'],
      subject: 'Hi',
      tags: { campaign: 'spring', version: '1', step: '2', email_type: 'pain_point' },
      ...data,
    },
  });

export type Delivery = {
  method: string;
  body: string | Uint8Array<ArrayBuffer>;
  headers: Record<string, string>;
};

export function signed(
  id: string,
  body: string,
  secret = RESEND_SECRET,
  at = new Date(),
): Delivery & { body: string } {
  const signature = new Webhook(secret).sign(id, at, body);
  const headers = {
    'svix-id': id,
    'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
    'svix-signature': signature,
  };
  return { method: 'POST', body, headers };
}
