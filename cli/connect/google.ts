/** Sends requests to Google as the house's service account; a refusal is an answer too. */
import { Fault } from '../../core/faults.ts';
import { type GoogleAccount, googleClient } from '../../platform/google/account.ts';
import { wordsOf } from '../../platform/google/faults.ts';
import { type Refusal, refusalOf } from '../../platform/google/refusal.ts';
import { type RequestOptions, Requests } from '../../platform/google/requests.ts';
import { type Check, wrong } from './check.ts';

export type Answer<T> = { data: T; refusal?: undefined } | { refusal: Refusal };

export type Ask = <T>(
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  body?: object,
) => Promise<Answer<T>>;

/** A person waits for the answer, so a busy Google gets only two retries. */
const RETRIES = 2;

export type Google = { address: string; signIn: () => Promise<Refusal | null>; ask: Ask };

/** Throws `config` if the key is not a service account's or cannot sign. */
export function googleOf(
  account: GoogleAccount,
  scope: string,
  options: RequestOptions = {},
): Google {
  const client = googleClient(account, scope);
  const requests = new Requests({ retries: RETRIES, ...options });
  async function answerOf<T>(send: () => Promise<T>): Promise<Answer<T>> {
    let refusal: Refusal | undefined;
    try {
      const noted = () =>
        send().catch((error) => {
          if (!(error instanceof Fault)) refusal = refusalOf(error);
          throw error;
        });
      return { data: await requests.read('Google', noted) };
    } catch (error) {
      if (!refusal) throw error;
      return { refusal };
    }
  }
  return {
    address: client.address,
    signIn: async () => (await answerOf(() => client.signIn())).refusal ?? null,
    ask: <T>(method: 'GET' | 'POST' | 'PATCH', url: string, data?: object) =>
      answerOf(async () => (await client.request<T>({ method, url, data })).data),
  };
}

/** A refusal as a failed check. */
export function refused(check: string, refusal: Refusal): Check {
  const { found, fix } = wordsOf(refusal);
  return wrong(check, found, fix);
}
