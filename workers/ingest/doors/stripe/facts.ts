/** What Stripe tells, as facts, or the reason why it cannot be. */
import type { Address } from '../../../../core/facts/address.ts';
import type { Fact } from '../../../../core/facts/fact.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';
import { contactFact } from './customer.ts';
import { charge, customer, envelope, invoice, refund, session, subscription } from './payload.ts';
import { invoiceFacts, sessionFacts } from './payment.ts';
import { chargeFacts, refundFacts } from './refund.ts';
import { purchaseFact, purchaseKey, type Telling } from './telling.ts';

type Reader = (telling: Telling, object: unknown) => Fact[];

const checkout: Reader = (telling, object) => sessionFacts(telling, read(session, object));
const paid: Reader = (telling, object) => invoiceFacts(telling, read(invoice, object));
const refunded: Reader = (telling, object) => refundFacts(telling, read(refund, object));

const known: Reader = (telling, object) => {
  const { id, email, name, phone, metadata } = read(customer, object);
  return [contactFact(telling, { email, name, phone, ids: [id], metadata })];
};

/**
 * The end stands on the last receipt. Where a payment failed, the last invoice is none, and the
 * subscription ends with what was paid for.
 */
const ended: Reader = (telling, object) => {
  const { customer: id, ended_at, latest_invoice, ...rest } = read(subscription, object);
  const isUnpaid = rest.cancellation_details?.reason === 'payment_failed';
  if (!latest_invoice || isUnpaid) return [];
  const contact: Address = { kind: 'external', value: id };
  const stated = { ended_at: ended_at ?? telling.at };
  return [purchaseFact(telling, contact, purchaseKey(latest_invoice), stated)];
};

/**
 * One home for each kind of payment: a checkout or an invoice. What else tells of the same money
 * (`payment_intent.succeeded`, `charge.succeeded`) says nothing new and has no reader.
 */
const readers = new Map<string, Reader>([
  ['checkout.session.completed', checkout],
  ['checkout.session.async_payment_succeeded', checkout],
  ['invoice.paid', paid],
  ['invoice.payment_succeeded', paid],
  ['charge.refunded', (telling, object) => chargeFacts(telling, read(charge, object))],
  ['charge.refund.updated', refunded],
  ['refund.created', refunded],
  ['refund.updated', refunded],
  ['refund.failed', refunded],
  ['customer.created', known],
  ['customer.updated', known],
  ['customer.subscription.deleted', ended],
]);

/** Throws `Fault('unknown_event')` where the body is none of Stripe's. */
export const typeOf = ({ body }: DoorEvent): string => read(envelope, parseJson(body)).type;

/** Throws `Fault('unknown_event')` for a shape that the house does not know. */
export function facts({ body }: DoorEvent): Fact[] {
  const { id, type, created, data } = read(envelope, parseJson(body));
  return readers.get(type)?.({ event_id: id, at: created }, data.object) ?? [];
}
