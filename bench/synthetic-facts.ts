/**
 * Facts of made-up people, the same from every seed: 7.7 email events each on average, some calls,
 * a few purchases.
 */
import { type Random, seeded } from '../cli/sample/prng.ts';
import { DAY, MINUTE } from '../core/durations.ts';
import type { EmailEvent, Fact, Observation } from '../core/facts/fact.ts';

/** The instant for which bench houses are read: 2026-07-01. */
export const AS_OF = Date.UTC(2026, 6, 1);
const SPAN = 180 * DAY;

const channels = ['website', 'referral', 'linkedin', 'event', 'ads'];
const offers = ['bootcamp', 'evening', 'mentoring'];
const agents = ['Ada', 'Grace', 'Edsger', 'Barbara'];
const steps = ['intro', 'value', 'proof', 'ask', 'last'];

export const emailOf = (person: number) => ({
  kind: 'email' as const,
  value: `person${person}@example.org`,
});

const observed = (
  kind: Observation['kind'],
  key: string,
  person: number,
  at: number,
  stated: Observation['stated'],
) => ({
  kind,
  provider: 'bench',
  contact: emailOf(person),
  thing_key: key,
  observation_key: key,
  observed_at: at,
  stated,
});

function contactOf(person: number, random: Random, added: number): Observation {
  return observed('contact', `c${person}`, person, added, {
    full_name: `Person ${person}`,
    lead_added_at: added,
    channel_origin: random.pick(channels),
    offer: random.pick(offers),
    lead_type: random.pick(['inbound', 'outbound']),
    tier: random.whole(1, 3),
    country: 'AU',
  });
}

/** One message from its sending to what its reader did, in order of time. */
function mailOf(person: number, step: number, random: Random, sentAt: number): EmailEvent[] {
  const message_id = `m${person}-${step}`;
  const types: [EmailEvent['event_type'], number][] = [['sent', 0]];
  if (random.chance(0.97)) {
    types.push(['delivered', random.whole(1, 3)]);
    if (random.chance(0.45)) types.push(['opened', random.whole(10, 900)]);
    if (random.chance(0.12)) types.push(['clicked', random.whole(901, 1000)]);
    if (random.chance(0.04)) types.push(['replied', random.whole(1001, 3000)]);
  } else types.push(['bounced', 1]);
  return types.map(([event_type, minutes]) => ({
    kind: 'email_event',
    event_id: `${message_id}-${event_type}`,
    provider: 'resend',
    message_id,
    contact: emailOf(person),
    event_type,
    occurred_at: sentAt + minutes * MINUTE,
    message: {
      created_at: sentAt,
      campaign_id: `campaign${person % 6}`,
      sequence_version: 1,
      step_number: step + 1,
      email_type: steps[step]!,
      subject: `A word about ${steps[step]}`,
      sending_domain: 'house.example.org',
      recipient_domain_group: 'corporate',
    },
    actor: null,
    bounce_type: event_type === 'bounced' ? 'hard' : null,
    link: event_type === 'clicked' ? 'https://example.org/book' : null,
    user_agent: event_type === 'opened' ? 'Mozilla/5.0 (Macintosh)' : null,
    http_method: null,
  }));
}

function callOf(person: number, place: number, random: Random, at: number): Observation {
  const connected = random.chance(0.3);
  const agent = random.pick(agents);
  const call = observed('call', `call${person}-${place}`, person, at, {
    class: connected ? 'done' : 'voicemail',
    direction: 'outbound',
    started_at: at,
    duration_s: connected ? random.whole(60, 1800) : random.whole(0, 10),
    recorded: connected ? 1 : 0,
    agent,
    agent_id: agent.toLowerCase(),
    ...(connected ? { completed_at: at + 30 * MINUTE } : {}),
  });
  return { ...call, provider: 'aircall', medium: 'phone' };
}

export type Person = { contact: Observation; mail: EmailEvent[]; others: Observation[] };

/** One person's facts; `person` is also the seed. */
export function personOf(person: number): Person {
  const random = seeded(person + 1);
  const added = AS_OF - SPAN + Math.floor(random.next() * (SPAN - 40 * DAY));
  const mail = Array.from({ length: random.whole(1, 5) }, (_, step) =>
    mailOf(person, step, random, added + (step * 4 + 1) * DAY + random.whole(0, 600) * MINUTE),
  ).flat();
  const others = Array.from({ length: random.whole(0, 4) }, (_, place) =>
    callOf(person, place, random, added + random.whole(30, 30 * 1440) * MINUTE),
  );
  if (random.chance(0.08))
    others.push(
      observed('purchase', `p${person}`, person, added + 35 * DAY, {
        purchased_at: added + 35 * DAY,
        product_name: 'Bootcamp',
        amount_minor: random.whole(500, 3000) * 100,
        currency: 'AUD',
      }),
    );
  return { contact: contactOf(person, random, added), mail, others };
}

export const peopleOf = (from: number, to: number): Person[] =>
  Array.from({ length: to - from }, (_, i) => personOf(from + i));

export const allFacts = (people: Person[]): Fact[] =>
  people.flatMap(({ contact, mail, others }) => [contact, ...mail, ...others]);
