/** Resend's webhooks are signed by svix. */
import { Webhook } from 'svix';
import { Fault } from '../../../../core/faults.ts';

/** One delivery: its `svix-id`, which stays over retries and replays, and the body as it was signed. */
export type Delivery = { id: string; body: string };

/**
 * Verifies the raw body against each current secret (two during a rotation). svix holds the timestamp
 * to five minutes on both sides. Throws `Fault('bad_signature')`.
 */
export function verify(headers: Headers, body: string, secrets: string[]): Delivery {
  const [id, timestamp, signature] = ['id', 'timestamp', 'signature'].map(
    (name) => headers.get(`svix-${name}`) ?? '',
  );
  const signed = { 'svix-id': id!, 'svix-timestamp': timestamp!, 'svix-signature': signature! };
  const fits = (secret: string) => {
    try {
      new Webhook(secret).verify(body, signed);
      return true;
    } catch {
      return false;
    }
  };
  if (!/^[1-9]\d{0,11}$/.test(timestamp!) || !secrets.some(fits))
    throw new Fault(
      'bad_signature',
      'the signature fits no current secret, or its timestamp is more than 5 minutes off',
    );
  return { id: id!, body };
}
