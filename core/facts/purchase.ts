/**
 * A purchase, a receipt of a subscription, or a refund that names its purchase (F8, F9).
 * Home of F8.
 */
import { addressText } from './address.ts';
import { withAgent } from './agent.ts';
import { amountOf } from './amount.ts';
import type { Fact } from './fact.ts';
import { type Row, thingKey } from './row.ts';

export function purchaseFacts(row: Row): Fact[] {
  const external_id = row.text('external_id');
  row.need('contact', ...(external_id ? [] : ['purchased_at', 'product', 'amount']));
  const { origin } = row.context;
  const refund_of = row.text('refund_of');
  const amount = row.text('amount');
  const kind = row.text('kind');
  const isNegative = amount?.startsWith('-') ?? false;
  const isRefund = kind === 'refund' || isNegative || (Boolean(refund_of) && !kind);
  if (isRefund) row.need('refund_of');
  const refuse = (field: string, message: string) =>
    row.errors.push({ field, message: `${field}: ${message}` });
  if (refund_of && !isRefund)
    refuse('refund_of', `is for refunds, and kind says ${kind}; leave one of them out`);
  if (refund_of && refund_of === external_id)
    refuse(
      'refund_of',
      'is the external_id of the row itself; a refund is a row of its own with another external_id',
    );
  if ((row.number('period_months') ?? 1) < 1)
    refuse('period_months', 'is below 1; a receipt pays for a month or more');
  const stated = row.stated();
  if (amount !== undefined) Object.assign(stated, amountOf(row, amount));
  if (isRefund) stated.kind = 'refund';
  if (isRefund && amount !== undefined)
    stated.amount_minor = -Math.abs(Number(stated.amount_minor));
  if (refund_of) stated.refund_of_key = thingKey(origin, 'purchase', refund_of, []);
  const referrer = row.address('referrer');
  if (referrer)
    Object.assign(stated, { referrer_kind: referrer.kind, referrer_value: referrer.value });
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const contact = row.address('contact')!;
  const first = [
    addressText(contact),
    row.number('purchased_at'),
    row.text('product'),
    isRefund ? 'refund' : 'purchase',
  ];
  const thing_key = thingKey(origin, 'purchase', external_id, first);
  return [
    {
      kind: 'purchase',
      ...origin,
      contact,
      thing_key,
      observation_key: row.observation_key,
      observed_at,
      stated: withAgent(stated),
    },
  ];
}
