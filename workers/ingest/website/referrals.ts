/** `GET /r/<code>`: the link that a person passes on, and what follows from it (L3). */
import { type Address, addressText } from '../../../core/facts/address.ts';
import type { Fact } from '../../../core/facts/fact.ts';
import { thingKey } from '../../../core/facts/row.ts';

const origin = { provider: 'web' };

/** Where the link leads: the website, with the parameters that the link was given, and the code. */
export function landingPage(website: string, code: string | undefined, query: string): URL {
  const page = new URL(website);
  for (const [name, value] of new URLSearchParams(query)) page.searchParams.set(name, value);
  page.searchParams.delete('ref');
  if (code) page.searchParams.set('ref', code);
  return page;
}

/** That `referrer` sent `lead`: once, however often and with whatever the lead fills in forms. */
export function referralFact(referrer: Address, lead: Address, occurred_at: number): Fact {
  const named = [addressText(referrer), addressText(lead)];
  const key = thingKey(origin, 'interaction', undefined, ['referral', ...named]);
  return {
    kind: 'interaction',
    ...origin,
    contact: referrer,
    thing_key: key,
    observation_key: key,
    observed_at: occurred_at,
    stated: {
      occurred_at,
      channel: 'referral',
      direction: 'inbound',
      outcome: 'referral_given',
      initiated_by: 'self',
    },
  };
}
