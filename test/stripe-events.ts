/** Stripe's deliveries as its servers send them: an event of one object, signed at this moment. */
import { createHmac } from 'node:crypto';

export const STRIPE_SECRET = 'whsec_a secret that only tests know'.replaceAll(' ', '_');

/** 2026-05-01T10:00:00Z, in Stripe's seconds. */
export const MAY = 1_777_629_600;

export const stripeEvent = (
  type: string,
  object: Record<string, unknown>,
  { id = `evt_${type.replaceAll('.', '_')}`, created = MAY } = {},
): string => JSON.stringify({ id, object: 'event', type, created, data: { object } });

export const session = (more: object = {}) => ({
  id: 'cs_1',
  mode: 'payment',
  payment_status: 'paid',
  amount_total: 9000,
  currency: 'usd',
  customer: 'cus_ana',
  customer_details: { email: 'Ana@Example.com', name: 'Ana Silva', phone: '+447700900123' },
  invoice: null,
  payment_intent: 'pi_1',
  payment_method_types: ['card'],
  metadata: { product: 'Maths', agent: 'Bo Lee', utm_source: 'news' },
  ...more,
});

const DAY_S = 86_400;

export const invoice = (more: object = {}) => ({
  id: 'in_1',
  amount_paid: 4900,
  currency: 'usd',
  customer: 'cus_ana',
  customer_email: 'ana@example.com',
  lines: {
    data: [
      {
        amount: 4900,
        description: '1 × Club (at $49.00 / month)',
        period: { start: MAY, end: MAY + 30 * DAY_S },
      },
    ],
  },
  metadata: {},
  parent: { subscription_details: { metadata: {}, subscription: 'sub_1' } },
  status_transitions: { paid_at: MAY },
  ...more,
});

export const charge = (more: object = {}) => ({
  id: 'ch_1',
  amount_refunded: 3000,
  billing_details: { email: 'ana@example.com', name: 'Ana Silva', phone: null },
  currency: 'usd',
  customer: 'cus_ana',
  description: null,
  payment_intent: 'pi_1',
  metadata: {},
  ...more,
});

export const refund = (more: object = {}) => ({
  id: 're_1',
  amount: 3000,
  charge: 'ch_1',
  created: MAY + 60,
  currency: 'usd',
  payment_intent: 'pi_1',
  status: 'succeeded',
  ...more,
});

export const ended = (more: object = {}) => ({
  id: 'sub_1',
  customer: 'cus_ana',
  ended_at: MAY + 10 * DAY_S,
  latest_invoice: 'in_1',
  cancellation_details: { reason: 'cancellation_requested' },
  ...more,
});

export type Delivery = { method: string; body: string; headers: Record<string, string> };

/** `at` is UTC ms. */
export function signedByStripe(body: string, secret = STRIPE_SECRET, at = Date.now()): Delivery {
  const t = Math.floor(at / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { method: 'POST', body, headers: { 'stripe-signature': `t=${t},v1=${v1}` } };
}
