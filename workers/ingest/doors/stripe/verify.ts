/** Stripe signs the instant of the attempt and the raw body, with every current secret. */
import { SECOND } from '../../../../core/durations.ts';
import { Fault } from '../../../../core/faults.ts';
import { hash } from '../../../../core/hash.ts';
import type { Delivery } from '../door.ts';
import { isSigned } from '../hmac.ts';
import { signedText } from '../signed-text.ts';

const TOLERANCE_S = 300;

/**
 * Verifies `t=…,v1=…`; there may be several v1, and other schemes beside them. The instant may be
 * five minutes off on either side. Throws `Fault('bad_signature')`.
 */
export async function verify(request: Request, secrets: string[]): Promise<Delivery> {
  const body = await signedText(request);
  const header = request.headers.get('stripe-signature') ?? '';
  const parts = header.split(',').map((part) => part.split('='));
  const valuesOf = (name: string) =>
    parts.flatMap(([key, value = '', ...rest]) => (key === name && !rest.length ? value : []));
  const [signed_at = '', ...more] = valuesOf('t');
  const isDue =
    /^[1-9]\d{0,11}$/.test(signed_at) &&
    more.length === 0 &&
    Math.abs(Math.floor(Date.now() / SECOND) - Number(signed_at)) <= TOLERANCE_S;
  if (!isDue || !(await isSigned(`${signed_at}.${body}`, valuesOf('v1'), secrets)))
    throw new Fault(
      'bad_signature',
      'the signature fits no current secret, or its timestamp is more than 5 minutes off',
    );
  return { events: [{ id: idOf(body), body }] };
}

/** The event's own id, which every attempt repeats; of what cannot be read, its hash. */
function idOf(body: string): string {
  const [, id] = /"id"\s*:\s*"(evt_[A-Za-z0-9_]{1,250})"/.exec(body) ?? [];
  return id ?? hash(body);
}
