/**
 * What was paid. Several events may tell of one payment; it is one purchase, named by its invoice,
 * else by its payment, else by its checkout session (F1, F8).
 */

import { DAY } from '../../../../core/durations.ts';
import { withAgent } from '../../../../core/facts/agent.ts';
import type { Fact, Observation } from '../../../../core/facts/fact.ts';
import { contactFact } from './customer.ts';
import { moneyOf } from './money.ts';
import type { Invoice, InvoiceLine, Session } from './payload.ts';
import { purchaseFact, purchaseKey, type Telling } from './telling.ts';

type Stated = Observation['stated'];

/** A session does not say what was sold; its metadata can. */
const SOLD = 'Stripe checkout';

/** A checkout that is paid is a purchase; one that waits for its money is somebody's, no more. */
export function sessionFacts(telling: Telling, session: Session): Fact[] {
  const { payment_intent, invoice, metadata, customer_details: details } = session;
  const who = contactFact(telling, {
    email: details?.email ?? session.customer_email,
    phone: details?.phone,
    name: details?.name,
    ids: [session.customer, payment_intent],
    metadata,
  });
  const { amount_total, currency } = session;
  if (session.payment_status !== 'paid' || amount_total === 0 || !currency) return [who];
  const [method, ...others] = session.payment_method_types;
  // What the invoice sells stands on the invoice.
  const product_name = metadata.product ?? (invoice ? undefined : SOLD);
  const stated: Stated = {
    ...moneyOf(amount_total, currency),
    ...described(metadata),
    kind: session.mode === 'subscription' ? 'subscription' : 'one_off',
    purchased_at: telling.at,
    ...(product_name ? { product_name } : {}),
    ...(method && others.length === 0 ? { payment_method: method } : {}),
    ...(invoice && payment_intent ? { payment_key: purchaseKey(payment_intent) } : {}),
  };
  const thing_key = purchaseKey(invoice ?? payment_intent ?? session.id);
  return [who, purchaseFact(telling, who.contact, thing_key, stated)];
}

/** A paid invoice is a receipt of its subscription, or a purchase where it has none. */
export function invoiceFacts(telling: Telling, invoice: Invoice): Fact[] {
  const { payment_intent, parent, subscription_details } = invoice;
  const details = parent?.subscription_details ?? subscription_details;
  const metadata = { ...details?.metadata, ...invoice.metadata };
  const who = contactFact(telling, {
    email: invoice.customer_email,
    phone: invoice.customer_phone,
    name: invoice.customer_name,
    ids: [invoice.customer],
    metadata,
  });
  // A trial begins with an invoice over nothing: nothing was paid.
  if (invoice.amount_paid === 0) return [who];
  const main = invoice.lines.data.toSorted((a, b) => b.amount - a.amount)[0];
  const isReceipt = (invoice.subscription ?? details?.subscription) !== undefined;
  const stated: Stated = {
    ...moneyOf(invoice.amount_paid, invoice.currency),
    ...described(metadata),
    product_name: metadata.product ?? soldBy(main) ?? 'Stripe invoice',
    purchased_at: invoice.status_transitions?.paid_at ?? telling.at,
    ...(isReceipt
      ? { kind: 'subscription', period_months: main ? monthsOf(main) : 1 }
      : { kind: 'one_off' }),
    ...(payment_intent ? { payment_key: purchaseKey(payment_intent) } : {}),
  };
  return [who, purchaseFact(telling, who.contact, purchaseKey(invoice.id), stated)];
}

/** What an operator may say in the metadata, beside the product. */
function described({ agent, cohort }: Record<string, string>): Stated {
  return withAgent({ ...(agent ? { agent } : {}), ...(cohort ? { cohort } : {}) });
}

/** `Maths` out of `1 × Maths (at £49.00 / month)`. */
const soldBy = (line: InvoiceLine | undefined): string | undefined =>
  line?.description?.replace(/^\d+ × /, '').replace(/ \(at [^()]*\)$/, '') || undefined;

/** The whole months that a line pays for; a week counts as one. */
const monthsOf = ({ period: { start, end } }: InvoiceLine): number =>
  Math.max(1, Math.round((end - start) / (30.44 * DAY)));
