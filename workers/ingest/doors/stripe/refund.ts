/**
 * What was given back. Stripe tells of it twice: each refund by itself, in some states, and the
 * charge with the sum of its refunds. All refunds of a charge are one negative row, dated by the
 * last, so that nothing counts twice whichever events come, and in whatever order (F8).
 */
import type { Address } from '../../../../core/facts/address.ts';
import type { Fact, Observation } from '../../../../core/facts/fact.ts';
import { contactFact } from './customer.ts';
import { moneyOf } from './money.ts';
import type { Charge, Refund } from './payload.ts';
import { purchaseFact, purchaseKey, type Telling } from './telling.ts';

type Stated = Observation['stated'];

/** Of the refunds of one charge, or of one payment where no charge is named. */
const refundKey = (id: string): string => purchaseKey(`refunds of ${id}`);

/** Holds where the payment's purchase, and with it what was sold, is not known. */
const SOLD = 'Stripe payment';

/** The sum that a charge has given back by now. */
export function chargeFacts(telling: Telling, charge: Charge): Fact[] {
  const { id, payment_intent, billing_details, description } = charge;
  const who = contactFact(telling, {
    ...billing_details,
    ids: [charge.customer, payment_intent ?? id],
    metadata: charge.metadata,
  });
  const { amount_minor, currency } = moneyOf(charge.amount_refunded, charge.currency);
  const stated: Stated = {
    kind: 'refund',
    currency,
    amount_minor: -amount_minor,
    refunded_in_all: -amount_minor,
    purchased_at: telling.at,
    refund_of_key: purchaseKey(charge.invoice ?? payment_intent ?? id),
    product_name: description ?? SOLD,
  };
  return [who, purchaseFact(telling, who.contact, refundKey(id), stated)];
}

const isGone = ({ status }: Refund): boolean => status === 'failed' || status === 'canceled';

/** One refund in its present state. It names nobody: it waits until its payment is somebody's. */
export function refundFacts(telling: Telling, refund: Refund): Fact[] {
  const { id, payment_intent, charge } = refund;
  const payment = payment_intent ?? charge;
  if (!payment) return [];
  const contact: Address = { kind: 'external', value: payment };
  const { amount_minor, currency } = moneyOf(refund.amount, refund.currency);
  const stated: Stated = {
    kind: 'refund',
    currency,
    amount_minor: isGone(refund) ? 0 : -amount_minor,
    [`refund.${id}`]: -amount_minor,
    ...(isGone(refund) ? { [`failed_refund.${id}`]: -amount_minor } : {}),
    purchased_at: refund.created,
    refund_of_key: purchaseKey(payment),
  };
  return [purchaseFact(telling, contact, refundKey(charge ?? payment), stated)];
}
