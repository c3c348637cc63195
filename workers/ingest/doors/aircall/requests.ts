/** What the house asks Aircall, and what a refusal means, with its fix. */
import { z } from 'zod';
import { SECOND } from '../../../../core/durations.ts';
import { Fault } from '../../../../core/faults.ts';
import type { Refusal, Requests } from '../../polls/requests.ts';
import { read } from '../json.ts';
import type { Account } from './accounts.ts';

/** Aircall gives no more, whatever it is asked for. */
export const PER_PAGE = 50;
/** Aircall refuses a page further on. */
export const MOST_PAGES = 10_000 / PER_PAGE;

const callsPage = z.object({ calls: z.array(z.unknown()) });

export type Aircall = {
  requests: Requests;
  root: string;
  account: Account;
};

/** One page of calls, and from when on Aircall may be asked for another: UTC ms, or null. */
export type Page = { calls: unknown[]; wait_until: number | null };

/** Calls that began after `from` (UNIX seconds), those that began first first. */
export const callsAfter = (aircall: Aircall, from: number, page: number): Promise<Page> =>
  get(aircall, '/v1/calls', { from, page });

/** All calls with a number, in the same order. */
export const callsWith = (aircall: Aircall, phone: string, page: number): Promise<Page> =>
  get(aircall, '/v1/calls/search', { phone_number: phone.replace(/;.*/, ''), page });

async function get(
  { requests, root, account }: Aircall,
  path: string,
  params: Record<string, string | number>,
): Promise<Page> {
  const url = new URL(`${root}${path}`);
  for (const [name, value] of Object.entries({ ...params, per_page: PER_PAGE, order: 'asc' }))
    url.searchParams.set(name, String(value));
  const authorization = `Basic ${btoa(`${account.api_id}:${account.api_token}`)}`;
  try {
    const { body, headers } = await requests.get(url, { authorization });
    const isSpent = headers.get('x-aircallapi-remaining') === '0';
    return {
      calls: read(callsPage, body).calls,
      wait_until: isSpent ? resetOf(headers) : null,
    };
  } catch (error) {
    throw error instanceof Fault ? inPlainWords(error, account) : error;
  }
}

/** When the limit of an account is lifted: UTC ms. */
function resetOf(headers: Headers | null): number | null {
  const seconds = Number(headers?.get('x-aircallapi-reset') || Number.NaN);
  return Number.isSafeInteger(seconds) ? seconds * SECOND : null;
}

function inPlainWords(fault: Fault, { name }: Account): Fault {
  const { status, headers } = fault.details as unknown as Refusal;
  if (status === 401 || status === 403)
    return new Fault(
      'source_refused',
      `Aircall does not know the api_id and api_token of ${name} in AIRCALL_ACCOUNTS: make a key ` +
        'in its dashboard (Integrations & API, API keys) and set both anew',
      { ...fault.details, cause: fault },
    );
  const wait_until = status === 429 ? resetOf(headers) : null;
  return wait_until === null
    ? fault
    : new Fault('source_busy', fault.message, { ...fault.details, cause: fault, wait_until });
}

/** Throws `source_busy`, as long as Aircall has said that it takes no more requests. */
export function respect(wait_until: number | null, now: number, { name }: Account): void {
  if (wait_until === null || wait_until <= now) return;
  const when = new Date(wait_until).toISOString();
  throw new Fault('source_busy', `Aircall takes no more requests of ${name} before ${when}`, {
    wait_until,
  });
}
