/** Stripe's events, as far as the house reads them, in the shapes before and since 2025-03-31. */
import { z } from 'zod';
import { instant as utcMs } from '../../../../core/instant.ts';

/** An object is named by its id, or stands there itself where somebody had it expanded. */
const id = z
  .union([z.string().min(1).max(255), z.object({ id: z.string().min(1).max(255) })])
  .transform((named) => (typeof named === 'string' ? named : named.id));
const text = z.string().optional();
const amount = z.int().min(0);
const currency = z.string().length(3);
/** Stripe counts seconds. */
const instant = z
  .int()
  .transform((seconds) => seconds * 1000)
  .pipe(utcMs);
const metadata = z.record(z.string(), z.string()).default({});

export const envelope = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(100),
  created: instant,
  data: z.object({ object: z.unknown() }),
});

export const person = z.object({ email: text, name: text, phone: text });

export const session = z.object({
  id,
  mode: z.enum(['payment', 'subscription', 'setup']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: amount.default(0),
  currency: currency.optional(),
  customer: id.optional(),
  customer_details: person.optional(),
  customer_email: text,
  invoice: id.optional(),
  payment_intent: id.optional(),
  payment_method_types: z.array(z.string()).default([]),
  metadata,
});

const ofSubscription = z.object({ metadata, subscription: id.optional() });

const line = z.object({
  amount: z.int(),
  description: text,
  period: z.object({ start: instant, end: instant }),
});

export const invoice = z.object({
  id,
  amount_paid: amount,
  currency,
  customer: id.optional(),
  customer_email: text,
  customer_name: text,
  customer_phone: text,
  lines: z.object({ data: z.array(line) }),
  metadata,
  status_transitions: z.object({ paid_at: instant.optional() }).optional(),
  subscription: id.optional(),
  subscription_details: ofSubscription.optional(),
  payment_intent: id.optional(),
  parent: z.object({ subscription_details: ofSubscription.optional() }).optional(),
});

export const charge = z.object({
  id,
  amount_refunded: amount,
  billing_details: person.default({}),
  currency,
  customer: id.optional(),
  description: text,
  invoice: id.optional(),
  metadata,
  payment_intent: id.optional(),
});

export const refund = z.object({
  id,
  amount,
  charge: id.optional(),
  created: instant,
  currency,
  payment_intent: id.optional(),
  status: text,
});

export const subscription = z.object({
  id,
  customer: id,
  ended_at: instant.optional(),
  latest_invoice: id.optional(),
  cancellation_details: z.object({ reason: text }).optional(),
});

export const customer = z.object({ id, email: text, name: text, phone: text, metadata });

export type Session = z.infer<typeof session>;
export type Invoice = z.infer<typeof invoice>;
export type InvoiceLine = z.infer<typeof line>;
export type Charge = z.infer<typeof charge>;
export type Refund = z.infer<typeof refund>;
