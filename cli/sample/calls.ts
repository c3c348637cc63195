/**
 * One prospect's calls: Aircall dials, Discord outcomes of WhatsApp leads, and booked calls that
 * take place or not.
 */
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';
import { inOffice } from './calendar.ts';
import { apiDelivery, type Delivery, instant } from './delivery.ts';
import { agents, objections } from './names.ts';
import type { Prospect } from './people.ts';
import type { Random } from './prng.ts';

/** How often each agent's calls are answered, relative to the mean. */
const pickup: Record<(typeof agents)[number], number> = {
  'Maya Hollis': 1.25,
  'Theo Lindqvist': 1,
  'Priya Keane': 1.1,
  'Sam Okafor': 0.65,
};

/** Median wait before the first dial, in minutes. */
const firstDialAfter = {
  facebook_ad: 9,
  whatsapp: 14,
  trial_class: 55,
  mock_test: 150,
  referral: 40,
  ebook: 1_100,
  cold_email: 4_200,
};

export type CallOutcome = {
  deliveries: Delivery[];
  connectedAt: number | null;
  bookedAt: number | null;
};

/**
 * Dials until someone answers, at most four times and for some only once. A WhatsApp lead's outcome
 * is set on Discord.
 */
export function drawDials(random: Random, person: Prospect, end: number): CallOutcome {
  const outcome: CallOutcome = { deliveries: [], connectedAt: null, bookedAt: null };
  if (!person.phone || random.chance(person.leadType === 'cold_email' ? 0.55 : 0.08))
    return outcome;
  const discord = person.leadType === 'whatsapp' && random.chance(0.8);
  let at = person.addedAt + random.around(firstDialAfter[person.leadType], 3.5) * MINUTE;
  const isForgotten = person.number % 6 === 5;
  const tries = isForgotten ? 1 : random.whole(2, 4);
  for (let attempt = 1; attempt <= tries; attempt++) {
    if (attempt > 1 || !random.chance(0.35)) at = inOffice(at, random);
    if (at >= 0) break;
    const agent = attempt > 1 && random.chance(0.2) ? random.pick(agents) : person.agent;
    const answered = random.chance(Math.min(0.8, 0.31 * pickup[agent] * Math.sqrt(person.warmth)));
    const found = discord ? discordClass(random, answered) : answered ? 'done' : 'voicemail';
    const seconds = answered ? Math.round(random.around(310, 1.7)) + 60 : random.whole(4, 38);
    const key = `call-${person.number}-${attempt}`;
    outcome.deliveries.push(
      apiDelivery('/api/calls', key, end + at + seconds * 1_000, {
        contact: person.phone,
        started_at: instant(end + at),
        direction: 'outbound',
        duration_s: discord ? null : seconds,
        recorded: discord ? null : answered,
        recording_url: answered && !discord ? `https://calls.example.com/${key}` : null,
        agent,
        source: discord ? 'discord' : 'aircall',
        class: found,
        external_id: key,
      }),
    );
    if (found === 'booked') outcome.bookedAt = at;
    if (answered) {
      outcome.connectedAt = at;
      break;
    }
    at += random.around(26, 1.8) * HOUR;
  }
  return outcome;
}

/** 👍 connected, B booked, V voicemail, X deliberately not called. */
const discordClass = (random: Random, answered: boolean) =>
  answered
    ? random.weighted({ connected: 74, booked: 26 })
    : random.weighted({ voicemail: 84, no_call: 16 });

export type Booking = {
  deliveries: Delivery[];
  completedAt: number | null;
  outcome: string | null;
};

/**
 * A call booked at `bookedAt` for the next days; it arrives again once it has taken place or was
 * cancelled.
 */
export function drawBooking(
  random: Random,
  person: Prospect,
  end: number,
  bookedAt: number,
): Booking {
  const contact = person.phone ?? person.email;
  const scheduledAt = inOffice(bookedAt + random.whole(1, 4) * DAY, random);
  const key = `booking-${person.number}`;
  const same = {
    contact,
    source: 'manual',
    agent: person.agent,
    external_id: key,
    booked_at: instant(end + bookedAt),
  };
  const booked = { ...same, scheduled_at: instant(end + scheduledAt), class: 'booked' };
  const deliveries = [apiDelivery('/api/calls', key, end + bookedAt, booked)];
  if (random.chance(0.14)) {
    const cancelledAt = scheduledAt - random.whole(1, 20) * HOUR;
    if (cancelledAt < 0 && cancelledAt > bookedAt)
      deliveries.push(
        apiDelivery('/api/calls', `${key}-off`, end + cancelledAt, {
          ...booked,
          cancelled_at: instant(end + cancelledAt),
        }),
      );
    return { deliveries, completedAt: null, outcome: null };
  }
  const seconds = Math.round(random.around(24 * 60, 1.35));
  const completedAt = scheduledAt + seconds * 1_000;
  if (completedAt >= 0 || random.chance(0.12))
    return { deliveries, completedAt: null, outcome: null };
  const outcome = random.weighted({
    interested: 30,
    proposal_sent: 27,
    follow_up: 24,
    not_interested: 19,
  });
  const raised = random.chance(0.55) ? random.shuffle(objections).slice(0, random.whole(1, 2)) : [];
  deliveries.push(
    apiDelivery('/api/calls', `${key}-done`, end + completedAt, {
      ...booked,
      started_at: instant(end + scheduledAt),
      completed_at: instant(end + completedAt),
      duration_s: seconds,
      outcome,
      objections: raised.join(';') || null,
      next_steps: outcome === 'follow_up' ? 'Call again after the next lesson' : null,
    }),
  );
  return { deliveries, completedAt, outcome };
}
