/**
 * The sample season: twelve weeks of a believable training company, drawn from one seed and shifted
 * by whole weeks.
 */
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import { inOffice, seasonEnd } from './calendar.ts';
import { drawBooking, drawDials } from './calls.ts';
import { campaignDeliveries } from './campaigns.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import { drawInteractions } from './interactions.ts';
import { drawMail } from './mail.ts';
import { drawPeople, type Prospect } from './people.ts';
import { seeded } from './prng.ts';
import { drawPurchases } from './purchases.ts';
import { spendDeliveries } from './spend.ts';

const SEED = 20_26_11;

/**
 * Every delivery of the season in chronological order. It ends with the last complete ISO week
 * before `now` (UTC ms); another `now` gives the same content, shifted by whole weeks (but see
 * `spend.ts`). `people` limits the number of prospects, for tests that need a small season.
 */
export function sampleSeason(now: number, people = 340): Delivery[] {
  const end = seasonEnd(now);
  const prospects = drawPeople(seeded(SEED)).slice(0, people);
  const deliveries = prospects.flatMap((person) => drawPerson(person, prospects, end));
  return [
    ...campaignDeliveries(end),
    ...spendDeliveries(end, SEED + 15_485_863),
    ...deliveries,
  ].sort((a, b) => a.at - b.at);
}

/**
 * Each prospect draws from a stream of its own, so that a change to one does not redraw the others.
 */
function drawPerson(person: Prospect, prospects: readonly Prospect[], end: number): Delivery[] {
  const random = seeded(SEED + 7_919 * (person.number + 1));
  const dials = drawDials(random, person, end);
  const callBooking =
    dials.bookedAt ??
    (dials.connectedAt !== null && random.chance(0.32) ? dials.connectedAt + 5 * MINUTE : null);
  const mail = drawMail(random, person, end, callBooking ?? 0);
  const visits = drawInteractions(random, person, end, mail.clickedAt);
  const mailBooking =
    mail.repliedAt !== null && random.chance(0.45)
      ? mail.repliedAt + random.around(5 * HOUR, 2)
      : null;
  const bookedAt = callBooking ?? (mailBooking === null ? null : inOffice(mailBooking, random));
  const booking =
    bookedAt !== null && bookedAt < 0 ? drawBooking(random, person, end, bookedAt) : null;
  const boughtAt = drawDecision(random, person, booking, visits.attendedAt, dials.connectedAt);
  const referrer =
    person.leadType === 'referral' && person.number > 5
      ? random.pick(prospects.slice(0, person.number)).email
      : null;
  return [
    contactDelivery(person, end),
    ...trialDeliveries(person, end),
    ...dials.deliveries,
    ...mail.deliveries,
    ...visits.deliveries,
    ...(booking?.deliveries ?? []),
    ...(boughtAt === null ? [] : drawPurchases(random, person, end, boughtAt, referrer)),
  ];
}

/**
 * Nobody buys out of the blue: a good call, a trial that was attended or a conversation comes
 * first.
 */
function drawDecision(
  random: ReturnType<typeof seeded>,
  person: Prospect,
  booking: ReturnType<typeof drawBooking> | null,
  attendedAt: number | null,
  connectedAt: number | null,
): number | null {
  const after = (at: number, chance: number, medianDays: number) =>
    random.chance(Math.min(0.8, chance * person.warmth))
      ? at + random.around(medianDays * DAY, 2)
      : null;
  if (booking?.completedAt && booking.outcome !== 'not_interested')
    return after(booking.completedAt, 0.48, 2);
  if (attendedAt !== null) return after(attendedAt, 0.3, 4);
  return connectedAt === null ? null : after(connectedAt, 0.09, 6);
}

/**
 * What an agent noted after a trial class, if anything. Drawn from its own stream, so that the rest
 * of the person stays the same.
 */
function trialDeliveries(person: Prospect, end: number): Delivery[] {
  const random = seeded(SEED + 104_729 * (person.number + 1));
  const notedAt = inOffice(person.addedAt + random.whole(4, 12) * DAY, random);
  if (person.leadType !== 'trial_class' || !random.chance(0.72) || notedAt >= 0) return [];
  const trial_followup_status = random.weighted({
    enrolling: 24,
    thinking_it_over: 41,
    no_answer: 22,
    not_now: 13,
  });
  return [
    apiDelivery('/api/contacts', `trial-${person.number}`, end + notedAt, {
      external_id: `prospect-${person.number + 1}`,
      email: person.email,
      trial_followup_status,
    }),
  ];
}

function contactDelivery(person: Prospect, end: number): Delivery {
  const paid = person.campaignTag !== null;
  return apiDelivery('/api/contacts', `contact-${person.number}`, end + person.addedAt, {
    external_id: `prospect-${person.number + 1}`,
    email: person.email,
    phone: person.phone,
    full_name: person.fullName,
    company: person.company,
    role: person.role,
    industry: person.industry,
    country: person.country,
    timezone: person.timezone,
    channel_origin: person.channel,
    lead_type: person.leadType,
    offer: person.offer,
    term: person.term,
    year_level: person.yearLevel,
    tier: person.tier,
    lead_added_at: instant(end + person.addedAt),
    assigned_to: person.agent,
    deal_value: person.dealValue.toFixed(2),
    utm_source: paid ? (person.channel === 'paid' ? 'facebook' : 'display_network') : null,
    utm_medium: paid ? (person.channel === 'paid' ? 'cpc' : 'display') : null,
    utm_campaign: person.campaignTag,
  });
}
