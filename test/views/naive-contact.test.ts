/**
 * Score, VIPs, firsts, lasts and counts of each contact against loops over drawn houses (L1, L3,
 * C1, C2, S3, G9).
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import { expectAgreement, inHouses, percentile, sum } from './by-loops.ts';
import { randomAsOf as as_of } from './random-house.ts';
import type { SqliteHouse, ViewRow } from './sqlite-house.ts';

const HALF_LIFE = 30 * DAY;
const HOUSES = process.env.FULL ? 150 : 30;
const met: Record<string, number> = {
  downloaded: 10,
  ebook: 10,
  attended: 15,
  trial: 15,
  mock_test: 15,
  visited_pricing: 15,
  replied: 20,
  booked: 20,
  referral_given: 20,
};

type Instants = (string | number | null | undefined)[];
type Own = Record<
  'mail' | 'events' | 'calls' | 'attempts' | 'interactions' | 'purchases' | 'statements',
  ViewRow[]
>;

const known = (instants: Instants) => instants.filter((at): at is number => typeof at === 'number');
const first = (...instants: Instants) =>
  known(instants).reduce<number | null>((a, b) => Math.min(a ?? b, b), null);
const last = (...instants: Instants) =>
  known(instants).reduce<number | null>((a, b) => Math.max(a ?? b, b), null);
const column = (rows: ViewRow[], name: string): Instants => rows.map((row) => row[name]);
const sold = ({ kind }: ViewRow) => kind !== 'refund';
const completion = (sale: ViewRow) =>
  sale.is_completed === 1 ? (sale.completed_at ?? sale.purchased_at!) : null;

/** A Discord B is a booking when it was seen, unless the stored call states another instant. */
const bookedAt = ({ source, class: mark, booked_at, started_at }: ViewRow) =>
  booked_at ?? (source === 'discord' && mark === 'booked' ? started_at! : null);
const isByHand = ({ source }: ViewRow) => source !== 'discord' && source !== 'aircall';

function score({ mail, calls, interactions, purchases }: Own): number {
  const points: [at: Instants[number], weight: number][] = [
    ...mail.flatMap((row): typeof points => [
      [row.opened_human_at, 5],
      [row.clicked_human_at, 10],
      [row.replied_at, 20],
    ]),
    ...interactions.map((row): (typeof points)[number] => [
      row.occurred_at,
      met[String(row.outcome)] ?? 0,
    ]),
    ...calls.map((row): (typeof points)[number] => [
      row.started_at,
      row.is_connected === 1 ? 15 : 0,
    ]),
    ...calls.map((row): (typeof points)[number] => [bookedAt(row), 20]),
    ...purchases.filter(sold).flatMap((row): typeof points => [
      [row.purchased_at, 50],
      [completion(row), 25],
    ]),
  ];
  const faded = points.map(([at, weight]) =>
    typeof at === 'number' ? Math.round(1000 * weight * 2 ** ((at - as_of) / HALF_LIFE)) : 0,
  );
  return sum(faded) / 1000;
}

function milestones({ mail, events, calls, attempts, interactions, purchases, statements }: Own) {
  const dialled = calls.filter(
    (row) => row.class !== 'no_call' && (row.direction === 'outbound' || row.source === 'discord'),
  );
  const alive = calls.filter(
    (row) => row.class !== 'no_call' && (row.direction === 'inbound' || row.is_connected === 1),
  );
  const bookings = known(calls.map(bookedAt));
  const completed = calls.filter(
    (row) =>
      row.completed_at !== null &&
      (bookedAt(row) !== null || row.class === 'booked' || isByHand(row)),
  );
  const answers = events.filter(
    (row) => row.is_human === 1 && ['clicked', 'replied'].includes(String(row.event_type)),
  );
  const twoWay = interactions.filter(
    (row) => row.direction === 'inbound' || (row.outcome !== null && row.outcome !== 'no_response'),
  );
  const touches = [
    ...column(mail, 'sent_at'),
    ...column(dialled, 'started_at'),
    ...column(
      interactions.filter((row) => row.direction === 'outbound'),
      'occurred_at',
    ),
    ...column(statements, 'last_contact_at').filter((at) => Number(at) <= as_of),
  ];
  const activities = [
    ...column([...answers, ...twoWay], 'occurred_at'),
    ...column(alive, 'started_at'),
    ...bookings,
    ...column(completed, 'completed_at'),
    ...column(purchases.filter(sold), 'purchased_at'),
  ];
  const replies = interactions.filter((row) => row.outcome === 'replied');
  const booked = interactions.filter((row) => row.outcome === 'booked');
  const reached = attempts.filter((row) => row.is_connected === 1);
  const count = (name: string) => known(column(mail, name)).length;
  return {
    first_touch_at: first(...touches),
    last_touch_at: last(...touches),
    last_activity_at: last(...activities),
    first_attempt_at: first(...column(attempts, 'attempted_at')),
    first_connection_at: first(...column(reached, 'attempted_at')),
    first_reply_at: first(...column(mail, 'replied_at'), ...column(replies, 'occurred_at')),
    first_booking_at: first(...bookings, ...column(booked, 'occurred_at')),
    first_purchase_at: first(...column(purchases.filter(sold), 'purchased_at')),
    completion_at: first(...purchases.map(completion)),
    emails_sent: count('sent_at'),
    emails_opened: count('opened_at'),
    emails_clicked: count('clicked_at'),
    emails_replied: count('replied_at'),
    calls_booked: bookings.length,
    calls_completed: completed.length,
    attempts: attempts.length,
    connections: reached.length,
  };
}

function compare(house: SqliteHouse, words: string): number {
  const rows = (view: string) => house.query(`select * from ${view}`, { as_of });
  const byContact = (view: string) => Map.groupBy(rows(view), ({ contact_id }) => contact_id);
  const views: Record<keyof Own, string> = {
    mail: 'int_email_messages',
    events: 'stg_email_events',
    calls: 'stg_calls',
    attempts: 'int_call_attempts',
    interactions: 'stg_interactions',
    purchases: 'stg_purchases',
    statements: 'stg_contact_statements',
  };
  const all = Object.entries(views).map(([name, view]) => [name, byContact(view)] as const);
  const status = new Map(
    rows('int_contact_status').map((row) => [row.contact_id, row.lead_status]),
  );
  const owners = new Map(
    rows('stg_identities').map((row) => [`${row.kind} ${row.value}`, row.contact_id]),
  );
  const sales = rows('stg_purchases');
  const currency = rows('int_house_currency')[0]!.currency;
  const ltvs = [...Map.groupBy(sales, (row) => `${row.contact_id} ${row.currency}`).values()].map(
    (of) => {
      const { contact_id, currency: money } = of[0]!;
      return { contact_id, money, ltv: sum(of.map(({ amount_minor }) => Number(amount_minor))) };
    },
  );
  /** The LTV of a currency from which one is a VIP. */
  const threshold = (money: unknown) => {
    const paying = ltvs.filter(({ contact_id, money: of, ltv }) => {
      return (
        of === money && ltv > 0 && ['customer', 'alumni'].includes(String(status.get(contact_id!)))
      );
    });
    return paying.length < 20
      ? Number.POSITIVE_INFINITY
      : percentile(
          0.9,
          paying.map(({ ltv }) => ltv),
        )!;
  };
  const made = rows('int_contacts').map((contact) => {
    const { contact_id, contact_key } = contact;
    const own = Object.fromEntries(
      all.map(([name, of]) => [name, of.get(contact_id!) ?? []]),
    ) as Own;
    const naming = sales.filter(
      (row) => owners.get(`${row.referrer_kind} ${row.referrer_value}`) === contact_id,
    );
    const namers = new Set(naming.map((row) => row.contact_id).filter((id) => id !== contact_id));
    const given = own.interactions.filter(({ outcome }) => outcome === 'referral_given');
    const referrals = Math.max(namers.size, given.length);
    const worth = ltvs.filter((row) => row.contact_id === contact_id);
    const isVip =
      contact.vip_by_hand === 1 ||
      referrals >= 3 ||
      worth.some((row) => row.ltv >= threshold(row.money));
    return {
      contact_key,
      score: score(own),
      vip: isVip ? 1 : 0,
      referrals,
      ...milestones(own),
      ltv: worth.find((row) => row.money === currency)?.ltv ?? 0,
    };
  });
  expectAgreement(rows('dim_contact'), made, words);
  house.close();
  return sum(made.map(({ vip }) => vip));
}

it('are what loops make of everything that happened', () => {
  expect(inHouses(400, HOUSES, compare)).toBeGreaterThan(5);
});
