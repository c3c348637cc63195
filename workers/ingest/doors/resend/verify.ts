/** Resend's webhooks are signed by svix. */
import { Webhook } from 'svix';
import { Fault } from '../../../../core/faults.ts';
import type { Delivery } from '../door.ts';
import { signedText } from '../signed-text.ts';

/**
 * Verifies the raw body against each current secret (two during a rotation). svix holds the
 * timestamp to five minutes on both sides. Its `svix-id` stays over retries and replays. Throws
 * `Fault('bad_signature')`.
 */
export async function verify(request: Request, secrets: string[]): Promise<Delivery> {
  const body = await signedText(request);
  const header = (name: string): string => request.headers.get(name) ?? '';
  const id = header('svix-id');
  const signed = {
    'svix-id': id,
    'svix-timestamp': header('svix-timestamp'),
    'svix-signature': header('svix-signature'),
  };
  const fits = (secret: string) => {
    try {
      new Webhook(secret).verify(body, signed);
      return true;
    } catch {
      return false;
    }
  };
  if (!/^[1-9]\d{0,11}$/.test(signed['svix-timestamp']) || !secrets.some(fits))
    throw new Fault(
      'bad_signature',
      'the signature fits no current secret, or its timestamp is more than 5 minutes off',
    );
  return { events: [{ id, body }] };
}
