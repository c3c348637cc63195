/** A purchase, a receipt of a subscription, or a refund that names its purchase (F8, F9). */
import { addressText } from './address.ts';
import { withAgent } from './agent.ts';
import { amountOf } from './amount.ts';
import type { Fact } from './fact.ts';
import { type Row, thingKey } from './row.ts';

export function purchaseFacts(row: Row): Fact[] {
  const external_id = row.text('external_id');
  row.need('contact', ...(external_id ? [] : ['purchased_at', 'product', 'amount']));
  const { source } = row.context;
  const refund_of = row.text('refund_of');
  const amount = row.text('amount');
  const isRefund = row.text('kind') === 'refund' || (Boolean(refund_of) && !row.text('kind'));
  if (!refund_of && (isRefund || amount?.startsWith('-'))) row.need('refund_of');
  const stated = row.stated();
  if (amount !== undefined) Object.assign(stated, amountOf(row, amount));
  if (isRefund) stated.kind = 'refund';
  if (isRefund && amount !== undefined) stated.amount_minor = -Math.abs(Number(stated.amount_minor));
  if (refund_of) stated.refund_of_key = thingKey(source, 'purchase', refund_of, []);
  const referrer = row.address('referrer');
  if (referrer) Object.assign(stated, { referrer_kind: referrer.kind, referrer_value: referrer.value });
  const observed_at = row.observedAt();
  if (row.errors.length > 0) return [];
  const contact = row.address('contact')!;
  const first = [
    addressText(contact),
    row.number('purchased_at'),
    row.text('product'),
    isRefund ? 'refund' : 'purchase',
  ];
  const thing_key = thingKey(source, 'purchase', external_id, first);
  return [
    {
      kind: 'purchase',
      source,
      contact,
      thing_key,
      observation_key: row.observation_key,
      observed_at,
      stated: withAgent(stated),
    },
  ];
}
