/** Resend's API through their own client, in the house's faults. */
import { type ErrorResponse, Resend } from 'resend';
import { SECOND } from '../../core/durations.ts';
import { Fault } from '../../core/faults.ts';

export type ResendAccount = {
  /** RESEND_API_KEY */
  key: string;
  /** RESEND_BASE_URL; absent: Resend's own. */
  baseUrl?: string | undefined;
};

type Answer<T> = {
  data: T | null;
  error: ErrorResponse | null;
  headers: Record<string, string> | null;
};

/** A webhook that asks has to be answered within 15 s. */
const TIMEOUT = 5 * SECOND;
const LONGEST_WAIT = 2 * SECOND;
const ATTEMPTS = 2;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** There is no such thing, or can be none by that id. */
const isAbsent = ({ statusCode }: ErrorResponse): boolean =>
  statusCode === 404 || statusCode === 422;

/**
 * What Resend answers, or undefined where it knows no such thing. Where it asks for patience of at
 * most two seconds it is asked once more. Throws `Fault('source_busy')` for what passes, and
 * `Fault('source_refused')` for what a person has to put right.
 */
export async function ask<T>(
  account: ResendAccount,
  call: (client: Resend, options: { signal: AbortSignal }) => Promise<Answer<T>>,
): Promise<T | undefined> {
  const client = new Resend(account.key, { baseUrl: account.baseUrl?.replace(/\/+$/, '') });
  for (let attempt = 1; ; attempt++) {
    const signal = AbortSignal.timeout(TIMEOUT);
    const { data, error, headers } = await call(client, { signal }).catch(noAnswer);
    if (data !== null) return data;
    if (error !== null && isAbsent(error)) return undefined;
    const status = error?.statusCode ?? null;
    const patience = Number(headers?.['retry-after'] ?? Number.NaN) * SECOND;
    if (status === 429 && patience <= LONGEST_WAIT && attempt < ATTEMPTS) await wait(patience);
    else throw refusal(status, error?.message ?? '');
  }
}

const noAnswer = (): Answer<never> => ({ data: null, error: null, headers: null });

function refusal(status: number | null, message: string): Fault {
  if (status === null) return new Fault('source_busy', 'Resend did not answer');
  if (status === 408 || status === 429 || status >= 500)
    return new Fault('source_busy', `Resend answered ${status}`);
  return new Fault(
    'source_refused',
    `Resend refused RESEND_API_KEY (${status}: ${message}); give it a key with full access`,
  );
}
