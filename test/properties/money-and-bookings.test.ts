/**
 * What Stripe and Cal.com tell, in any order, batches and repeats: each payment, refund and booking
 * once (F1, F8, A2).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact } from '../../core/facts/fact.ts';
import { render } from '../../sql/render.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { facts as calFacts } from '../../workers/ingest/doors/cal/facts.ts';
import { facts as stripeFacts } from '../../workers/ingest/doors/stripe/facts.ts';
import { calEvent } from '../cal-events.ts';
import { charge, ended, invoice, MAY, refund, session, stripeEvent } from '../stripe-events.ts';
import { config, now, openSmallHouse } from './small-house.ts';

const RUNS = process.env.FULL ? 1000 : 12;

let house: Awaited<ReturnType<typeof openSmallHouse>>;
beforeAll(async () => {
  house = await openSmallHouse();
});
afterAll(() => house?.close());

const tables = [
  ...['calls', 'purchases', 'contacts', 'identities', 'merges', 'observations'],
  ...['waiting_facts', 'thing_links'],
];
const rowsOf = async (sql: string) =>
  (await house.db.prepare(render(sql, { as_of: now })).all<Record<string, unknown>>()).results;

const stripe = (type: string, object: Record<string, unknown>, id: string, after = 0): Fact[] =>
  stripeFacts({ id, body: stripeEvent(type, object, { id, created: MAY + after }) });
const cal = (...told: Parameters<typeof calEvent>): Fact[] =>
  calFacts({ id: told.join(' ') + JSON.stringify(told), body: calEvent(...told) }, now);

const PURCHASES = `
  select full_name, product_name, kind, amount_minor, currency, agent_id, payment_method,
    purchased_at / 1000 - ${MAY} as s, period_months, ended_at / 1000 - ${MAY} as ended_s,
    (select product_name from stg_purchases p
     where p.purchase_key = stg_purchases.refund_of_key) as of_product
  from stg_purchases join stg_contacts using (contact_id)
  order by purchased_at, kind, amount_minor`;
const CALLS = `
  select full_name, class, agent_id, booked_at, scheduled_at, completed_at, cancelled_at, duration_s
  from stg_calls join stg_contacts using (contact_id)`;
const WAITING = 'select * from stg_waiting_things';

/** Whatever the order, the repeats and the batches, these rows and nothing that waits. */
async function always(told: Fact[][], query: string, expected: object[]): Promise<void> {
  const orders = fc.record({
    order: fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 }),
    size: fc.integer({ min: 1, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(orders, async ({ order, size }) => {
      await house.db.batch(tables.map((table) => house.db.prepare(`delete from ${table}`)));
      for (let at = 0; at < order.length; at += size)
        await writeFacts(house.db, order.slice(at, at + size).flat(), config);
      expect(await rowsOf(query)).toEqual(expected.map((row) => expect.objectContaining(row)));
      expect(await rowsOf(WAITING)).toEqual([]);
      expect(await rowsOf('select * from stg_waiting_facts')).toEqual([]);
    }),
    { numRuns: RUNS },
  );
}

it('a checkout is one purchase, though it was unpaid at first and the charge is told as well', () =>
  always(
    [
      stripe('checkout.session.completed', session({ payment_status: 'unpaid' }), 'evt_1'),
      stripe('checkout.session.async_payment_succeeded', session(), 'evt_2', 50),
      stripe('payment_intent.succeeded', { id: 'pi_1', amount: 9000 }, 'evt_3', 50),
      stripe('charge.succeeded', { id: 'ch_1', amount: 9000 }, 'evt_4', 50),
    ],
    PURCHASES,
    [
      {
        full_name: 'Ana Silva',
        product_name: 'Maths',
        kind: 'one_off',
        amount_minor: 9000,
        currency: 'USD',
        agent_id: 'bo-lee',
        payment_method: 'card',
        s: 50,
      },
    ],
  ));

it('a subscription’s checkout, its invoice and the payment of it are one receipt, which ends', () =>
  always(
    [
      stripe(
        'checkout.session.completed',
        session({ mode: 'subscription', invoice: 'in_1', payment_intent: null, metadata: {} }),
        'evt_1',
      ),
      stripe('invoice.paid', invoice(), 'evt_2', 1),
      stripe('invoice.payment_succeeded', invoice(), 'evt_3', 2),
      stripe('customer.subscription.deleted', ended(), 'evt_4', 900),
    ],
    PURCHASES,
    [{ product_name: 'Club', kind: 'subscription', period_months: 1, s: 0, ended_s: 864_000 }],
  ));

it('refunds told one by one and in all are given back once; a failed one is not', () =>
  always(
    [
      stripe('checkout.session.completed', session(), 'evt_1'),
      stripe('refund.created', refund({ status: 'pending' }), 'evt_2', 60),
      stripe('charge.refunded', charge(), 'evt_3', 60),
      stripe('refund.updated', refund(), 'evt_4', 70),
      stripe('refund.created', refund({ id: 're_2', amount: 500 }), 'evt_5', 80),
      stripe('charge.refunded', charge({ amount_refunded: 3500 }), 'evt_6', 80),
      stripe('refund.failed', refund({ id: 're_2', amount: 500, status: 'failed' }), 'evt_7', 90),
    ],
    PURCHASES,
    [
      { kind: 'one_off', amount_minor: 9000 },
      { kind: 'refund', amount_minor: -3000, product_name: 'Maths', of_product: 'Maths' },
    ],
  ));

it('a refund is known by the charge alone, and by itself alone, once its payment is', async () => {
  const bought = stripe('checkout.session.completed', session(), 'evt_1');
  const given = [{ kind: 'one_off' }, { amount_minor: -3000, of_product: 'Maths' }];
  await always([bought, stripe('charge.refunded', charge(), 'evt_2', 60)], PURCHASES, given);
  await always([bought, stripe('refund.created', refund(), 'evt_2', 60)], PURCHASES, given);
});

it('the refund of an invoice finds it by its payment in the shape before 2025-03-31', () =>
  always(
    [
      stripe(
        'invoice.paid',
        { ...invoice({ parent: null }), subscription: 'sub_1', payment_intent: 'pi_1' },
        'evt_1',
      ),
      stripe('charge.refunded', charge({ invoice: 'in_1' }), 'evt_2', 60),
      stripe('refund.updated', refund(), 'evt_3', 70),
    ],
    PURCHASES,
    [{ kind: 'subscription' }, { kind: 'refund', amount_minor: -3000, of_product: 'Club' }],
  ));

it('since then it counts by the charge, without naming the receipt', () =>
  always(
    [
      stripe('invoice.paid', invoice(), 'evt_1'),
      stripe('charge.refunded', charge({ description: 'Subscription update' }), 'evt_2', 60),
      stripe('refund.updated', refund(), 'evt_3', 70),
    ],
    PURCHASES,
    [{ kind: 'subscription' }, { amount_minor: -3000, product_name: 'Subscription update' }],
  ));

it('currencies are counted as they are, also those that Stripe counts otherwise', () =>
  always(
    ['jpy 5000', 'kwd 12345', 'isk 50000'].map((money, i) => {
      const [currency, amount_total] = money.split(' ');
      const more = { currency, amount_total: Number(amount_total), payment_intent: `pi_${i}` };
      return stripe('checkout.session.completed', session(more), `evt_${i}`, i);
    }),
    PURCHASES,
    [
      { currency: 'JPY', amount_minor: 5000 },
      { currency: 'KWD', amount_minor: 12345 },
      { currency: 'ISK', amount_minor: 500 },
    ],
  ));

const may = (day: number, time: string) => Date.parse(`2026-05-0${day}T${time}:00Z`);

it('a booking that is moved twice and held is one call, booked when it was booked first', () =>
  always(
    [
      cal('BOOKING_CREATED', { uid: 'u1', day: 5 }),
      cal('BOOKING_RESCHEDULED', { uid: 'u2', from: 'u1', day: 6, at: '11:00' }),
      cal('BOOKING_RESCHEDULED', { uid: 'u3', from: 'u2', day: 7, at: '12:00' }),
      cal('MEETING_ENDED', { uid: 'u3', day: 7 }),
    ],
    CALLS,
    [
      {
        full_name: 'Ana Silva',
        class: 'connected',
        agent_id: 'bo-lee',
        booked_at: may(1, '10:00'),
        scheduled_at: may(7, '09:00'),
        completed_at: may(7, '09:30'),
        cancelled_at: null,
        duration_s: 1800,
      },
    ],
  ));

it('a booking that is cancelled, and one that is made again, are what was told last', async () => {
  const booked = cal('BOOKING_CREATED', { uid: 'u1' });
  const cancelled = cal('BOOKING_CANCELLED', { uid: 'u1', at: '11:00' });
  const again = cal('BOOKING_RESCHEDULED', { uid: 'u2', from: 'u1', day: 8, at: '12:00' });
  const off = { booked_at: may(1, '10:00'), cancelled_at: may(1, '11:00') };
  await always([booked, cancelled], CALLS, [{ ...off, class: 'booked' }]);
  await always([booked, cancelled, again], CALLS, [{ ...off, cancelled_at: null }]);
  const rejected = cal('BOOKING_REJECTED', { uid: 'u1', at: '11:00' });
  await always([cal('BOOKING_REQUESTED', { uid: 'u1' }), rejected], CALLS, [off]);
});

it('whoever did not come was in no call', async () => {
  const attendees = [{ email: 'ana@example.com', name: 'Ana Silva', noShow: true }];
  const missed = [{ completed_at: null, class: 'booked', cancelled_at: expect.any(Number) }];
  const booked = cal('BOOKING_CREATED');
  await always([booked, cal('MEETING_ENDED', { more: { attendees } })], CALLS, missed);
  const told = {
    triggerEvent: 'BOOKING_NO_SHOW_UPDATED',
    createdAt: '2026-05-05T10:00:00.000Z',
    payload: { bookingUid: 'u1', attendees },
  };
  const noShow = calFacts({ id: 'no show', body: JSON.stringify(told) }, now);
  await always([booked, cal('MEETING_ENDED'), noShow], CALLS, missed);
});
