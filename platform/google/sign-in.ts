/** What Google answers an account that it does not let in. */
import type { Fault } from '../../core/faults.ts';
import { unreadableKey } from './key.ts';
import { type Refusal, SignInError, statusOf } from './refusal.ts';

type TokenError = {
  message?: string;
  config?: object;
  response?: { headers?: Headers; data?: { error?: unknown; error_description?: unknown } };
};

/** Minutes by which this machine's clock is ahead of Google's, where Google said its time. */
function minutesAhead({ response }: TokenError): number | undefined {
  const theirs = Date.parse(response?.headers?.get('date') ?? '');
  return Number.isNaN(theirs) ? undefined : Math.round((Date.now() - theirs) / 60_000);
}

function refusalOf(error: TokenError): Refusal {
  const status = statusOf(error);
  const { error: word, error_description: description } = error.response?.data ?? {};
  const said = String(description ?? word ?? error.message ?? 'no answer');
  if (status === 0 || status === 429 || status >= 500) return { kind: 'busy', status, said };
  if (/\biat\b|\bexp\b|reasonable timeframe/i.test(said)) {
    const minutes = minutesAhead(error);
    return {
      kind: 'clock_wrong',
      status,
      said,
      ...(minutes === undefined ? {} : { minutes_ahead: minutes }),
    };
  }
  if (/account not found|disabled|deleted/i.test(said))
    return { kind: 'account_gone', status, said };
  if (word === 'invalid_grant') return { kind: 'key_revoked', status, said };
  return { kind: 'refused', status, said };
}

/** An error of the library's while it asked for a token: `config` where the key could not sign and nothing was asked. */
export function signInError(thrown: unknown, address: string): SignInError | Fault {
  const error = thrown as TokenError;
  return error.config ? new SignInError(refusalOf(error), address) : unreadableKey();
}
