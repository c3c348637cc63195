/** Aircall: phone calls of one or more accounts, polled, and by webhook as the fast path (A1). */
import { z } from 'zod';
import { phoneSettings } from '../../../../core/settings.ts';
import { defineDoor } from '../door.ts';
import { accountOf, accounts } from './accounts.ts';
import { facts, typeOf } from './facts.ts';
import { type Cursor, nextPage } from './poll.ts';
import { verify } from './verify.ts';

const count = z.coerce.number().int().min(0);

export default defineDoor({
  name: 'aircall',
  provider: 'aircall',
  secrets: {
    ...phoneSettings,
    AIRCALL_ACCOUNTS: accounts,
    AIRCALL_API_ROOT: z
      .url()
      .default('https://api.aircall.io')
      .transform((root) => root.replace(/\/$/, ''))
      .describe('another address for Aircall’s API, for a trial; leave it unset'),
    AIRCALL_LEADS_PER_RUN: count
      .default(15)
      .describe('how many leads a run asks for by number, per account; else 15'),
    AIRCALL_REQUESTS_PER_RUN: count
      .default(50)
      .describe(
        'the most requests of a run over all accounts; else 50, what Cloudflare gives free',
      ),
  },
  accounts: ({ AIRCALL_ACCOUNTS }) => AIRCALL_ACCOUNTS.map(({ name }) => name),
  webhook: {
    maxBytes: 1_000_000,
    verify: (request, { AIRCALL_ACCOUNTS }) => verify(request, AIRCALL_ACCOUNTS),
  },
  poll: {
    cron: '*/15 * * * *',
    budget: ({ AIRCALL_ACCOUNTS, AIRCALL_REQUESTS_PER_RUN }) =>
      Math.max(1, Math.floor(AIRCALL_REQUESTS_PER_RUN / AIRCALL_ACCOUNTS.length)),
    next: (cursor: Cursor | null, { account, now, requests, db }, secrets) =>
      nextPage(cursor, {
        requests,
        now,
        db,
        root: secrets.AIRCALL_API_ROOT,
        account: accountOf(secrets.AIRCALL_ACCOUNTS, account),
        country: secrets.DEFAULT_COUNTRY,
        leads: secrets.AIRCALL_LEADS_PER_RUN,
      }),
  },
  facts: (event, _, { DEFAULT_COUNTRY }) => facts(event, DEFAULT_COUNTRY),
  typeOf,
});
