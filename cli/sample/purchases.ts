/**
 * What a buyer buys: one-off trainings, subscriptions with a monthly receipt, a few refunds,
 * completions and certificates.
 */
import { DAY, HOUR, WEEK } from '../../core/durations.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import type { Prospect } from './people.ts';
import type { Random } from './prng.ts';

type Training = { product: string; amount: number; days: number };
const trainings: Record<1 | 2 | 3, Training[]> = {
  1: [
    { product: 'Team training: onboarding', amount: 2_400, days: 21 },
    { product: 'Team training: leadership', amount: 3_200, days: 28 },
  ],
  2: [
    { product: 'Exam intensive', amount: 890, days: 14 },
    { product: 'Writing workshop', amount: 540, days: 10 },
    { product: 'Mock test series', amount: 320, days: 21 },
  ],
  3: [
    { product: 'Mock test series', amount: 320, days: 21 },
    { product: 'Holiday course', amount: 260, days: 7 },
  ],
};
const subscriptions = [
  { product: 'Weekly tutoring', amount: 180 },
  { product: 'Learning club', amount: 49 },
] as const;

/**
 * All rows of one buyer, starting with the first purchase at `boughtAt` (ms relative to the
 * season's end).
 */
export function drawPurchases(
  random: Random,
  person: Prospect,
  end: number,
  boughtAt: number,
  referrer: string | null,
): Delivery[] {
  const rows: Delivery[] = [];
  const paid = random.weighted({ card: 70, bank_transfer: 22, invoice: 8 });
  const state = (name: string, at: number, body: Record<string, unknown>) => {
    if (at < 0)
      rows.push(
        apiDelivery('/api/purchases', `purchase-${person.number}-${name}`, end + at, {
          contact: person.email,
          currency: 'USD',
          payment_method: paid,
          ...body,
        }),
      );
  };
  const training = (
    name: string,
    { product, amount, days }: Training,
    at: number,
    more: Record<string, unknown>,
  ) => {
    const cohort = `Intake ${Math.max(1, Math.ceil((at + 12 * WEEK) / (4 * WEEK)))}`;
    const external_id = `purchase-${person.number}-${name}`;
    const row = {
      product,
      kind: 'one_off',
      amount: money(amount),
      cohort,
      purchased_at: instant(end + at),
      external_id,
      ...more,
    };
    state(name, at, { ...row, status: 'enrolled' });
    if (random.chance(0.06)) {
      const refundedAt = at + random.whole(2, 9) * DAY;
      const refund = {
        product,
        kind: 'refund',
        amount: money(-amount),
        refund_of: external_id,
        external_id: `${external_id}-refund`,
      };
      state(`${name}-refund`, refundedAt, { ...refund, purchased_at: instant(end + refundedAt) });
      return;
    }
    state(`${name}-started`, at + 3 * DAY, { ...row, status: 'in_progress' });
    const endsAt = at + days * DAY + random.whole(0, 5) * DAY;
    if (random.chance(0.09))
      state(`${name}-dropped`, endsAt - 4 * DAY, { ...row, status: 'dropped' });
    else {
      const certificate_issued = random.chance(0.85);
      state(`${name}-completed`, endsAt, {
        ...row,
        status: 'completed',
        completed_at: instant(end + endsAt),
        certificate_issued,
      });
    }
  };
  const first = { agent: person.phone ? person.agent : null, referrer };
  if (random.chance(person.tier === 3 ? 0.34 : 0.2)) {
    const { product, amount } = random.pick(subscriptions);
    const months = random.whole(1, 4);
    for (let month = 0; month < months; month++) {
      const at = boughtAt + month * 30 * DAY;
      const external_id = `receipt-${person.number}-${month}`;
      const receipt = {
        product,
        kind: 'subscription',
        amount: money(amount),
        period_months: 1,
        purchased_at: instant(end + at),
        external_id,
      };
      state(`receipt-${month}`, at, month === 0 ? { ...receipt, ...first } : receipt);
    }
    return rows;
  }
  training('first', random.pick(trainings[person.tier]), boughtAt, first);
  if (random.chance(0.24))
    training(
      'second',
      random.pick(trainings[person.tier]),
      boughtAt + random.around(24 * DAY, 1.5) + HOUR,
      {},
    );
  return rows;
}

const money = (amount: number) => amount.toFixed(2);
