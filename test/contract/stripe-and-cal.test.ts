/**
 * Stripe and Cal.com as the calls-sandbox plays them: repeated, disordered, lost and signed by two
 * secrets; what the house shows is what the sandbox was told, each thing once.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { render } from '../../sql/render.ts';
import { CAL_SECRET } from '../cal-events.ts';
import { openTestHouse, type TestHouse } from '../house.ts';
import { STRIPE_SECRET } from '../stripe-events.ts';
import {
  type CallsSandbox,
  callsSandboxIsHere,
  startCallsSandbox,
  WHY_SKIPPED,
} from './calls-sandbox.ts';

if (!callsSandboxIsHere) process.stderr.write(`stripe-and-cal.test.ts: ${WHY_SKIPPED}\n`);

const ROLLED = 'whsec_the_secret_after_the_roll_over';
/** Shared out evenly among three ends of a booking and four stories of a payment. */
const PEOPLE = process.env.FULL ? 204 : 12;
const FIVE_MINUTES = 300_000;

describe.skipIf(!callsSandboxIsHere)('the calls-sandbox', () => {
  let house: TestHouse;
  let sandbox: CallsSandbox;
  beforeAll(async () => {
    [house, sandbox] = await Promise.all([
      openTestHouse({
        env: {
          STRIPE_WEBHOOK_SECRET: `${ROLLED} ${STRIPE_SECRET}`,
          CAL_WEBHOOK_SECRET: CAL_SECRET,
        },
      }),
      startCallsSandbox(),
    ]);
  });
  afterAll(async () => {
    sandbox?.close();
    await house?.close();
  });

  const rows = async (sql: string) =>
    (
      await house.db
        .prepare(render(sql, { as_of: Date.now() + 86_400_000 }))
        .all<Record<string, unknown>>()
    ).results;
  type Sent = { status: number | null; headers: Record<string, string> };
  const deliveries = async () =>
    (await sandbox.control<{ sent: Sent[] }>('GET', '/__deliveries')).sent;
  const fire = (events: object[]) => sandbox.control('POST', '/__stripe/events', events);
  const door = (name: string) => new URL(`/webhooks/${name}`, house.url).href;

  it('is believed by both secrets of a roll-over, and not by another one', async () => {
    const url = door('stripe');
    const { id } = await sandbox.control<{ id: string }>('POST', '/__stripe/endpoints', {
      url,
      secret: STRIPE_SECRET,
    });
    const bought = { type: 'checkout.session.completed', email: 'first@x.test' };
    await fire([{ ...bought, key: 'before' }]);
    const expiresInMs = 60_000;
    await sandbox.control('POST', `/__stripe/endpoints/${id}/roll`, {
      secret: ROLLED,
      expiresInMs,
    });
    await fire([{ ...bought, key: 'both' }]);
    await sandbox.control('POST', '/__clock', { advanceMs: expiresInMs + 1000 });
    await fire([{ ...bought, key: 'after' }]);
    await sandbox.control('POST', `/__stripe/endpoints/${id}/roll`, {
      secret: 'whsec_a_secret_that_the_house_does_not_have',
      expiresInMs: 0,
    });
    await fire([{ ...bought, key: 'forged' }]);
    const sent = await deliveries();
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200, 401]);
    await house.until('select count(*) from purchases', 3);
  });

  it('has each payment, refund and end once, in both shapes of the API', async () => {
    await sandbox.control('POST', '/__reset');
    for (const version of [undefined, '2024-06-20'])
      await sandbox.control('POST', '/__stripe/endpoints', {
        url: door('stripe'),
        secret: STRIPE_SECRET,
        ...(version ? { version } : {}),
      });
    await sandbox.control('POST', '/__deliveries', { duplicate: 0.3, reorder: true, seed: 3 });
    await sandbox.control('POST', '/__faults', [
      { match: { method: 'SEND' }, probability: 0.2, seed: 4, kind: 'drop-after' },
      { match: { method: 'SEND' }, probability: 0.2, seed: 5, kind: 'drop-before' },
    ]);
    await fire(Array.from({ length: PEOPLE }, (_, n) => storyOf(n)).flat());
    // What was lost comes again after five minutes.
    await sandbox.control('POST', '/__faults', []);
    await sandbox.control('POST', '/__clock', { advanceMs: FIVE_MINUTES });
    expect((await sandbox.control<{ waiting: number }>('GET', '/__deliveries')).waiting).toBe(0);
    const expected = Array.from({ length: PEOPLE }, (_, n) => ledgerOf(n)).flat();
    await house.until('select count(*) from purchases', 3 + expected.length);
    const shown = await rows(`
      select value as email, stg_purchases.kind, amount_minor, ended_at is not null as is_ended
      from stg_purchases join stg_identities using (contact_id)
      where stg_identities.kind = 'email' and value like 'p%'`);
    const sorted = (list: object[]) => list.map((row) => JSON.stringify(row)).sort();
    expect(sorted(shown)).toEqual(sorted(expected));
    expect(await rows('select * from stg_waiting_things')).toEqual([]);
    expect(await rows('select * from stg_waiting_facts')).toEqual([]);
    expect((await house.db.prepare('select * from dead_events').all()).results).toEqual([]);
  });

  it('has one call for each booking, however often it was moved', async () => {
    await sandbox.control('POST', '/__reset');
    await sandbox.control('POST', '/__calcom/webhooks', { url: door('cal'), secret: CAL_SECRET });
    await sandbox.control('POST', '/__deliveries', { duplicate: 0.5, reorder: true, seed: 6 });
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const bookings = Array.from({ length: PEOPLE }, (_, n) => {
      const who = { email: `c${n}@x.test`, name: `Caller ${n}`, phone: `+4477009${10_000 + n}` };
      const [one, two, three] = ['a', 'b', 'c'].map((part) => `uid-${n}-${part}`);
      const moved = (uid: string, from: string, start: number, made: number) => ({
        ...who,
        trigger: 'BOOKING_RESCHEDULED',
        uid,
        start: at(start),
        rescheduleUid: from,
        rescheduleStart: at(1),
        createdAt: at(made),
      });
      const last = ['BOOKING_CANCELLED', 'BOOKING_REJECTED', 'MEETING_ENDED'][n % 3]!;
      return [
        { ...who, trigger: 'BOOKING_CREATED', uid: one, start: at(1), createdAt: at(-3) },
        moved(two!, one!, 2, -2),
        moved(three!, two!, 0, -1),
        { ...who, trigger: last, uid: three, start: at(-0.5), createdAt: at(-0.4) },
      ];
    }).flat();
    await sandbox.control('POST', '/__calcom/bookings', [...bookings, { trigger: 'PING' }]);
    expect(new Set((await deliveries()).map(({ status }) => status))).toEqual(new Set([200]));
    await house.until(
      'select count(*) from calls where cancelled_at is not null',
      (PEOPLE / 3) * 2,
    );
    await house.until('select count(*) from calls where completed_at is not null', PEOPLE / 3);
    const [counted] = await rows(`
      select count(*) as calls, count(distinct contact_id) as people,
        sum(booked_at < (select as_of from clock) - 3 * 86400000) as booked_first
      from stg_calls`);
    expect(counted).toEqual({ calls: PEOPLE, people: PEOPLE, booked_first: PEOPLE });
    expect(await rows('select * from stg_waiting_things')).toEqual([]);
  });
});

const person = (n: number) => ({ key: `p${n}`, email: `p${n}@x.test`, amount: 9000 + n });

/** What happens to a person: a checkout or a subscription, given back in part or ended. */
function storyOf(n: number): object[] {
  const who = { ...person(n), product: `P${n % 3}` };
  const delayed = [
    { ...who, type: 'checkout.session.completed', delayed: true, unpaid: true },
    { ...who, type: 'checkout.session.async_payment_succeeded' },
  ];
  const receipt = [
    { ...who, type: 'checkout.session.completed', subscription: true },
    { ...who, type: 'invoice.paid' },
    { ...who, type: 'invoice.payment_succeeded' },
    { ...who, type: 'invoice.payment_failed' },
  ];
  const back = [
    { ...who, type: 'refund.created', refund: `re_${n}`, refundAmount: 3000 },
    { ...who, type: 'charge.refunded', refundAmount: 3000, refunded: 3000 },
    { ...who, type: 'refund.updated', refund: `re_${n}`, refundAmount: 3000 },
    { ...who, type: 'refund.failed', refund: `re_${n}_failed`, refundAmount: 100 },
  ];
  const checkout = [{ ...who, type: 'checkout.session.completed' }];
  const end = [{ ...who, type: 'customer.subscription.deleted' }];
  return [[...checkout, ...back], delayed, [...receipt, ...end], [...receipt, ...back]][n % 4]!;
}

/** What the house must show of them. */
function ledgerOf(n: number): object[] {
  const { email, amount } = person(n);
  const row = (kind: string, amount_minor: number, is_ended = 0) => ({
    email,
    kind,
    amount_minor,
    is_ended,
  });
  const refund = row('refund', -3000);
  return [
    [row('one_off', amount), refund],
    [row('one_off', amount)],
    [row('subscription', amount, 1)],
    [row('subscription', amount), refund],
  ][n % 4]!;
}
