/**
 * A row about a person (P1–P4, L6).
 * Home of P3, L6.
 */
import { currencyExponent, minorUnits } from '../money.ts';
import { type Address, addressText, compareAddresses } from './address.ts';
import type { Fact } from './fact.ts';
import { fittingKey, type Row } from './row.ts';

export function contactFacts(row: Row): Fact[] {
  const identities: Address[] = [
    ...row.texts('email').map((value): Address => ({ kind: 'email', value })),
    ...row.texts('phone').map((value): Address => ({ kind: 'phone', value })),
    ...row.texts('external_id').map((value): Address => ({ kind: 'external', value })),
  ].sort(compareAddresses);
  // People type anything where a phone is required: with another address it costs only the phone.
  if (identities.length > 0) row.forgive('phone');
  if (identities.length === 0 && row.errors.length === 0)
    row.errors.push({ field: 'email', message: 'email: give an email, a phone or an external_id' });
  const stated = row.stated();
  if (typeof stated.deal_value_minor === 'string')
    stated.deal_value_minor = minorUnits(
      stated.deal_value_minor,
      currencyExponent(row.currency ?? '') ?? 2,
    )!;
  for (const [name, value] of Object.entries(
    JSON.parse(row.text('attributes') ?? '{}') as Record<string, unknown>,
  ))
    stated[`attributes.${name}`] =
      typeof value === 'number' ? value : typeof value === 'string' ? value : JSON.stringify(value);
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const contact = identities[0]!;
  return [
    {
      kind: 'contact',
      ...row.context.origin,
      contact,
      identities,
      thing_key: fittingKey(addressText(contact)),
      observation_key: row.observation_key,
      observed_at,
      stated,
    },
  ];
}
