/** Whom Stripe names: the customer, and the payments that later events tell of without a person. */
import {
  type Address,
  addressText,
  compareAddresses,
  parseEmail,
} from '../../../../core/facts/address.ts';
import type { Observation } from '../../../../core/facts/fact.ts';
import { fittingKey } from '../../../../core/facts/row.ts';
import { Fault } from '../../../../core/faults.ts';
import { parsePhone } from '../../../../core/phone.ts';
import type { Telling } from './telling.ts';

export type Named = {
  email?: string | undefined;
  phone?: string | undefined;
  name?: string | undefined;
  /** Stripe's own ids: of the customer, and of the payment that a refund will name. */
  ids: (string | undefined)[];
  metadata?: Record<string, string> | undefined;
};

/** What of the metadata describes where somebody came from. */
const UTMS = ['utm_source', 'utm_medium', 'utm_campaign'];

/** The person with all their addresses. Throws `Fault('unknown_event')` where there is none. */
export function contactFact(telling: Telling, named: Named): Observation & { contact: Address } {
  const identities = addressesOf(named);
  const [contact] = identities;
  if (!contact)
    throw new Fault('unknown_event', 'it names no email, no phone and no customer of Stripe');
  const { name, metadata = {} } = named;
  const utms = UTMS.flatMap((utm) => (metadata[utm] ? [[utm, metadata[utm]] as const] : []));
  return {
    kind: 'contact',
    provider: 'stripe',
    contact,
    identities,
    thing_key: fittingKey(addressText(contact)),
    observation_key: telling.event_id,
    observed_at: telling.at,
    stated: { ...(name ? { full_name: name } : {}), ...Object.fromEntries(utms) },
  };
}

/** A phone that is none, as people type them, costs only the phone. */
function addressesOf({ email = '', phone = '', ids }: Named): Address[] {
  // Stripe writes phones with their country code.
  const readEmail = parseEmail(email);
  const readPhone = parsePhone(phone, 'US');
  const addresses: Address[] = [
    ...(readEmail ? [{ kind: 'email' as const, value: readEmail }] : []),
    ...(readPhone ? [{ kind: 'phone' as const, value: readPhone }] : []),
    ...ids.flatMap((value) => (value ? [{ kind: 'external' as const, value }] : [])),
  ];
  return addresses.sort(compareAddresses);
}
