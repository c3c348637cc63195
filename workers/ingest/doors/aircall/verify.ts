/** Aircall signs nothing: its webhooks carry their token in the body. */
import { sameSecret } from '../../../../core/bearer.ts';
import { Fault } from '../../../../core/faults.ts';
import { hash } from '../../../../core/hash.ts';
import type { Delivery } from '../door.ts';
import { signedText } from '../signed-text.ts';
import type { Account } from './accounts.ts';

/** Of an event the token is not kept. Throws `Fault('bad_signature')`. */
export async function verify(request: Request, accounts: Account[]): Promise<Delivery> {
  const { token, ...event } = objectIn(await signedText(request));
  // Every token is compared, so that the time does not tell which there are.
  const given = typeof token === 'string' ? token : '';
  const [account] = accounts.filter(
    ({ webhook_token }) => webhook_token.filter((own) => sameSecret(given, own)).length > 0,
  );
  if (!account)
    throw new Fault(
      'bad_signature',
      'the token in the body is not a webhook_token of AIRCALL_ACCOUNTS',
    );
  const body = JSON.stringify(event);
  // Aircall gives its events no ids; it sends one again as it was.
  return { events: [{ id: hash(body).slice(0, 32), account: account.name, body }] };
}

function objectIn(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    throw new Fault('bad_signature', 'the body is not JSON, so it holds no token');
  }
}
