/** Reads Google's answer to an account that it does not let in. */
import { MINUTE } from '../../core/durations.ts';
import type { Fault } from '../../core/faults.ts';
import { unreadableKey } from './key.ts';
import { type Refusal, SignInError, statusOf } from './refusal.ts';

type TokenError = {
  message?: string;
  config?: object;
  response?: { headers?: Headers; data?: { error?: unknown; error_description?: unknown } };
};

/** Minutes by which this machine's clock is ahead of Google's, if the answer has a date. */
function minutesAhead({ response }: TokenError): number | undefined {
  const theirs = Date.parse(response?.headers?.get('date') ?? '');
  return Number.isNaN(theirs) ? undefined : Math.round((Date.now() - theirs) / MINUTE);
}

function refusalOf(error: TokenError): Refusal {
  const status = statusOf(error);
  const { error: word, error_description: description } = error.response?.data ?? {};
  const message = String(description ?? word ?? error.message ?? 'no answer');
  if (status === 0 || status === 429 || status >= 500) return { kind: 'busy', status, message };
  if (/\biat\b|\bexp\b|reasonable timeframe/i.test(message)) {
    const minutes = minutesAhead(error);
    return {
      kind: 'clock_wrong',
      status,
      message,
      ...(minutes === undefined ? {} : { minutes_ahead: minutes }),
    };
  }
  if (/account not found|disabled|deleted/i.test(message))
    return { kind: 'account_gone', status, message };
  if (word === 'invalid_grant') return { kind: 'key_revoked', status, message };
  return { kind: 'refused', status, message };
}

/**
 * The library's error from asking for a token; a `config` fault if the key could not sign, so that
 * nothing was sent.
 */
export function signInError(thrown: unknown, address: string): SignInError | Fault {
  const error = thrown as TokenError;
  return error.config ? new SignInError(refusalOf(error), address) : unreadableKey();
}
