/**
 * Small houses drawn one by one, so that hundreds of them show what one large house may hide:
 * zones, nights, odd facts.
 */
import { DAY, HOUR } from '../../core/durations.ts';
import { random, randomAsOf, randomHouse } from './random-house.ts';
import { at, type SqliteHouse } from './sqlite-house.ts';

const MOST_PEOPLE = 6;

/** Time zones with the night of 2026 in which their clocks change, as the instant of the change. */
const zones = [
  { zone: 'UTC', changes_at: at('2026-03-01') },
  { zone: 'Australia/Sydney', changes_at: at('2026-04-04T16:00:00') },
  { zone: 'America/New_York', changes_at: at('2026-03-08T07:00:00') },
  { zone: 'Europe/Berlin', changes_at: at('2026-03-29T01:00:00') },
  { zone: 'Australia/Lord_Howe', changes_at: at('2026-04-04T15:00:00') },
];

export type DrawnHouse = { house: SqliteHouse; words: string };

/**
 * The n-th house of the series, always the same; the first is empty, the second has people without
 * any fact.
 */
export function drawnHouse(n: number): DrawnHouse {
  const next = random(n * 31 + 17);
  const below = (limit: number): number => Math.floor(next() * limit);
  const { zone, changes_at } = zones[n % zones.length]!;
  const currency = ['USD', 'AUD', 'USD', 'JPY', null][below(5)]!;
  const people = n < 2 ? 0 : 1 + below(MOST_PEOPLE);
  const house = randomHouse(people, n, { zone, currency });
  if (n === 1)
    house.insert(
      'contacts',
      [1, 2].map((id) => ({ contact_id: id, contact_key: `k${id}` })),
    );
  for (let contact_id = 1; contact_id <= people; contact_id++)
    if (next() < 0.6) oddFacts(house, contact_id, changes_at, next);
  // Draws of its own, so that the rest of the house stays as it was.
  const more = random(n * 37 + 11);
  for (let contact_id = 1; contact_id <= people; contact_id++)
    if (more() < 0.5) oddTouches(house, contact_id, changes_at, more);
  if (people > 0 && more() < 0.3) notYetAdded(house, people + 1);
  const words = `house ${n}: ${people} people, ${zone}, ${currency ?? 'no currency'}`;
  return { house, words };
}

/**
 * What a season brings rarely: facts within the night of the clocks, a second address, a corrected
 * and a worthless sale.
 */
function oddFacts(
  house: SqliteHouse,
  contact_id: number,
  changes_at: number,
  next: () => number,
): void {
  const below = (limit: number): number => Math.floor(next() * limit);
  const inNight = (): number => changes_at + (below(49) - 24) * (HOUR / 2) + (below(3) - 1);
  const who = { contact_id };
  const mail = { ...who, message_id: `night${contact_id}` };
  const sent_at = inNight();
  house.insert('identities', [{ kind: 'phone', value: `+1555000${contact_id}`, contact_id }]);
  house.insert('interactions', [
    {
      ...who,
      interaction_key: `night${contact_id}`,
      provider: 'api',
      occurred_at: inNight(),
      channel: 'web',
      direction: 'inbound',
      outcome: 'visited_pricing',
    },
  ]);
  house.insert('calls', [
    {
      ...who,
      call_key: `night${contact_id}`,
      provider: 'aircall',
      direction: 'outbound',
      duration_s: 200,
      class: 'done',
      started_at: sent_at,
      completed_at: sent_at + 200_000,
      agent_id: 'ann',
    },
  ]);
  house.insert('email_messages', [{ ...mail, created_at: sent_at, campaign_id: 'spring' }]);
  const happened = ['sent', 'delivered', 'opened', 'clicked', 'clicked', 'clicked', 'replied'];
  house.insert(
    'email_events',
    happened.slice(0, 1 + below(happened.length)).map((event_type, i) => ({
      ...mail,
      event_id: `${mail.message_id}-${i}`,
      event_type,
      occurred_at: sent_at + i * below(3) * 900,
      landed_at: sent_at + 40 * HOUR,
      link: event_type === 'clicked' ? `/${i}` : null,
    })),
  );
  house.insert(
    'purchases',
    [0, -below(500), below(2) * 90_000_000].map((amount_minor, i) => ({
      ...who,
      purchase_key: `odd${contact_id}-${i}`,
      provider: 'import',
      product_name: 'Course',
      status: 'enrolled',
      purchased_at: inNight(),
      kind: amount_minor < 0 ? 'refund' : 'one_off',
      amount_minor,
      currency: ['USD', 'JPY', 'AUD'][below(3)]!,
      refund_of_key: amount_minor < 0 ? `odd${contact_id}-2` : null,
    })),
  );
  house.insert('enrolments', [
    {
      ...who,
      enrolment_key: `autumn:${contact_id}`,
      campaign_id: 'autumn',
      enrolled_at: inNight(),
      current_step: 1 + below(3),
      status: 'active',
      converted_at: next() < 0.5 ? inNight() : null,
    },
  ]);
}

/**
 * What paths of touches seldom meet: ties of instants, the very end of a lookback, direct and paid
 * visits, a run of receipts.
 */
function oddTouches(
  house: SqliteHouse,
  contact_id: number,
  near: number,
  next: () => number,
): void {
  const below = (limit: number): number => Math.floor(next() * limit);
  const who = { contact_id };
  const key = (name: string): string => `${name}${contact_id}`;
  const at = near + below(30) * DAY;
  const visit = { ...who, provider: 'api', channel: 'web', direction: 'inbound', outcome: 'form' };
  house.db
    .prepare('update contacts set channel_origin = ?, utm_campaign = ? where contact_id = ?')
    .run(['direct', 'unknown', 'paid'][below(3)]!, [null, 'search'][below(2)]!, contact_id);
  house.insert('interactions', [
    { ...visit, interaction_key: key('edge'), occurred_at: at - 30 * DAY },
    {
      ...visit,
      interaction_key: key('past'),
      occurred_at: at - 30 * DAY - 1,
      utm_source: 'google',
    },
    {
      ...visit,
      interaction_key: key('direct'),
      occurred_at: at,
      outcome: null,
      utm_medium: 'cpc',
      utm_campaign: 'search',
    },
    { ...visit, interaction_key: key('after'), occurred_at: at + below(2), channel: 'referral' },
  ]);
  const call = {
    ...who,
    provider: 'manual',
    class: 'booked',
    direction: 'outbound',
    agent_id: 'bob',
  };
  const tied = ['one', 'two'].map((name) => ({
    ...call,
    call_key: key(name),
    booked_at: at,
    scheduled_at: at + DAY,
  }));
  house.insert('calls', [
    ...tied,
    {
      ...call,
      call_key: key('b'),
      provider: 'discord',
      medium: 'whatsapp',
      started_at: at + below(3) * DAY,
      agent_id: null,
    },
    { ...call, call_key: key('said'), class: 'done', started_at: at, completed_at: at + HOUR },
  ]);
  const sale = { ...who, provider: 'api', status: 'enrolled', currency: 'USD', purchased_at: at };
  const club = { ...sale, product_name: 'Club', kind: 'subscription', amount_minor: 900 };
  house.insert('purchases', [
    {
      ...sale,
      purchase_key: key('tie'),
      product_name: 'Course',
      kind: 'one_off',
      amount_minor: 1 + below(9),
    },
    ...[0, 31, 60, 200].map((days) => ({
      ...club,
      purchase_key: key(`run${days}`),
      purchased_at: at + days * DAY,
    })),
  ]);
}

/**
 * Somebody whose facts have begun and who counts from tomorrow on: nothing of theirs is published
 * yet.
 */
function notYetAdded(house: SqliteHouse, contact_id: number): void {
  const who = { contact_id };
  const before = { provider: 'api', direction: 'inbound', channel: 'referral' };
  house.insert('contacts', [{ ...who, contact_key: 'k-not-yet', lead_added_at: randomAsOf + DAY }]);
  house.insert('interactions', [
    { ...who, ...before, interaction_key: 'not-yet', occurred_at: randomAsOf - 2 * DAY },
  ]);
  house.insert('purchases', [
    {
      ...who,
      purchase_key: 'not-yet',
      provider: 'api',
      product_name: 'Course',
      kind: 'one_off',
      status: 'enrolled',
      amount_minor: 700,
      currency: 'USD',
      purchased_at: randomAsOf - DAY,
    },
  ]);
}
