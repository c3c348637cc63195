/** What is the same for all facts of one event. */
import type { Address } from '../../../../core/facts/address.ts';
import type { Observation } from '../../../../core/facts/fact.ts';
import type { Origin } from '../../../../core/facts/origin.ts';
import { thingKey } from '../../../../core/facts/row.ts';

export type Telling = {
  event_id: string;
  /** When Stripe made the event, in UTC ms. */
  at: number;
};

const origin: Origin = { provider: 'stripe' };

/** The key of the purchase that an id of Stripe's names: an invoice's, a payment's, a session's. */
export const purchaseKey = (id: string): string => thingKey(origin, 'purchase', id, []);

/** What an event says of one purchase, receipt or refund. */
export const purchaseFact = (
  { event_id, at }: Telling,
  contact: Address,
  thing_key: string,
  stated: Observation['stated'],
): Observation => ({
  kind: 'purchase',
  provider: 'stripe',
  contact,
  thing_key,
  observation_key: event_id,
  observed_at: at,
  stated,
});
