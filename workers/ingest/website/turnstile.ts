/** Cloudflare Turnstile, where a secret is set. */
import { SECOND } from '../../../core/durations.ts';
import { logFailure } from '../../log-failure.ts';

const VERIFY = 'https://challenges.cloudflare.com/turnstile/v0/siteverify';
const TIMEOUT_MS = 5 * SECOND;

/**
 * Whether Turnstile takes the sender for a person. Where it cannot be asked the answer is yes: a
 * lead is worth more than a spam.
 */
export async function isPerson(secret: string, token: string, ip: string): Promise<boolean> {
  try {
    const answer = await fetch(VERIFY, {
      method: 'POST',
      body: new URLSearchParams({ secret, response: token, remoteip: ip }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { success } = (await answer.json()) as { success: boolean };
    return success;
  } catch (error) {
    logFailure('Turnstile could not be asked; the form was taken', error);
    return true;
  }
}
