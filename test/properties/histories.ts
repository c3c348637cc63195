/**
 * Histories as they might reach a house: late, corrected, repeated and out of order, of people who
 * turn out to be one another.
 */
import fc from 'fast-check';
import { DAY, HOUR } from '../../core/durations.ts';
import { withAgent } from '../../core/facts/agent.ts';
import type { EmailEvent, Fact, Observation } from '../../core/facts/fact.ts';

/** The present of the houses that they reach. */
export const NOW = Date.UTC(2026, 5, 1, 12);

/** Few people with few addresses, so that they turn out to be one another. */
const address = fc.oneof(
  fc.nat(5).map((n) => ({ kind: 'email' as const, value: `p${n}@example.org` })),
  fc.nat(2).map((n) => ({ kind: 'phone' as const, value: `+6140000000${n}` })),
);
/** From a year ago to a month ahead: also what is not due yet. */
const instant = fc.integer({ min: -365, max: 30 }).map((days) => NOW + days * DAY + 7 * HOUR);
const maybe = <T extends string | number>(...values: T[]) => fc.constantFrom(...values, undefined);
const withoutBlanks = (
  stated: Record<string, string | number | undefined>,
): Observation['stated'] =>
  Object.fromEntries(
    Object.entries(stated).filter(
      (entry): entry is [string, string | number] => entry[1] !== undefined,
    ),
  );

/**
 * A delivery about one of two things of a kind and owner, or about one of whoever it is told of
 * last; most are told of again, otherwise.
 */
const told = (
  kind: Observation['kind'],
  stated: fc.Arbitrary<Record<string, string | number | undefined>>,
) =>
  fc
    .tuple(address, fc.nat(2), instant, fc.nat(3), stated)
    .map(([contact, n, observed_at, delivery, fields]): Fact => {
      const thing_key = n === 2 ? `${kind} 2` : `${kind} ${n} of ${contact.value}`;
      return {
        kind,
        provider: 'api',
        contact,
        thing_key,
        observation_key: `${thing_key} ${delivery} ${observed_at}`,
        observed_at,
        stated: withAgent(withoutBlanks(fields)),
      };
    });

const campaign = fc.tuple(fc.nat(1), instant, maybe('active', 'paused')).map(
  ([n, observed_at, status]): Fact => ({
    kind: 'campaign',
    provider: 'api',
    thing_key: `campaign${n}`,
    observation_key: `${n} ${observed_at} ${status}`,
    observed_at,
    stated: withoutBlanks({ name: `Campaign ${n}`, status }),
  }),
);

/** By any address of theirs: people who turn out to be one another are enrolled twice. */
const enrolment = fc.tuple(address, instant, maybe('completed', 'active')).map(
  ([contact, observed_at, status]): Fact => ({
    kind: 'enrolment',
    provider: 'api',
    contact,
    thing_key: `campaign0:${contact.value}`,
    observation_key: `${contact.value} ${observed_at} ${status}`,
    observed_at,
    stated: withoutBlanks({ campaign_id: 'campaign0', enrolled_at: observed_at, status }),
  }),
);

const adSpend = fc
  .tuple(fc.nat(2), instant, fc.nat(3), fc.nat(9900), maybe('spring', 'autumn'))
  .map(
    ([n, observed_at, delivery, amount_minor, campaign_id]): Fact => ({
      kind: 'ad_spend',
      provider: 'csv',
      thing_key: `adverts ${n}`,
      observation_key: `${n} ${delivery} ${observed_at}`,
      observed_at,
      stated: withoutBlanks({
        channel: n === 0 ? 'google' : 'linkedin',
        campaign_id,
        spent_at: observed_at - n * DAY,
        amount_minor,
        currency: n === 2 ? 'AUD' : 'USD',
      }),
    }),
  );

const contact = fc
  .tuple(
    address,
    address,
    instant,
    fc.record({
      lead_added_at: fc.option(instant, { nil: undefined }),
      channel_origin: maybe('paid', 'referral', 'unknown'),
      lead_type: maybe('ebook', 'trial_class'),
      vip_by_hand: maybe(1),
      unsubscribed: maybe(1),
      lead_status: maybe('warm', 'hot', 'dormant'),
      sales_stage: maybe('replied', 'closed_lost'),
      'attributes.grid': maybe('healthy'),
    }),
  )
  .map(
    ([one, other, observed_at, fields]): Fact => ({
      kind: 'contact',
      provider: 'api',
      contact: one,
      identities: [one, other],
      thing_key: one.value,
      observation_key: JSON.stringify([one, other, observed_at, fields]),
      observed_at,
      stated: withoutBlanks(fields),
    }),
  );

const mail = fc
  .tuple(
    ...([address, fc.nat(3), instant] as const),
    fc.constantFrom<EmailEvent['event_type']>(
      'sent',
      'delivered',
      'opened',
      'clicked',
      'replied',
      'auto_replied',
      'bounced',
      'complained',
    ),
    maybe('spring', 'autumn'),
    fc.boolean(),
  )
  .map(
    ([whose, n, occurred_at, event_type, campaign, isSender]): Fact => ({
      kind: 'email_event',
      provider: 'resend',
      contact: whose,
      event_type,
      occurred_at,
      ...(event_type.endsWith('replied') && isSender ? { contact_role: 'sender' } : {}),
      event_id: `e${n} ${event_type} ${whose.value} ${occurred_at}`,
      // Two mails go to one person, two to everybody.
      message_id: n < 2 ? `m${n} ${whose.value}` : `m${n}`,
      message: {
        created_at: occurred_at - DAY,
        campaign_id: campaign ?? null,
        sequence_version: 1,
        step_number: n,
        email_type: null,
        subject: null,
        sending_domain: null,
        recipient_domain_group: null,
      },
      actor: null,
      bounce_type: event_type === 'bounced' ? 'hard' : null,
      link: null,
      user_agent: null,
      http_method: null,
    }),
  );

export const fact: fc.Arbitrary<Fact> = fc.oneof(
  contact,
  mail,
  told(
    'interaction',
    fc.record({
      occurred_at: instant,
      channel: fc.constantFrom('web', 'event'),
      direction: maybe('inbound'),
      outcome: maybe('attended', 'visited_pricing'),
    }),
  ),
  told(
    'call',
    fc.record({
      started_at: fc.option(instant, { nil: undefined }),
      booked_at: fc.option(instant, { nil: undefined }),
      completed_at: fc.option(instant, { nil: undefined }),
      duration_s: maybe(5, 300),
      agent: maybe('Ann', 'ANN'),
    }),
  ),
  told(
    'purchase',
    fc.record({
      purchased_at: instant,
      product_name: fc.constantFrom('Course', 'Club'),
      amount_minor: fc.constantFrom(0, 9900),
      currency: fc.constantFrom('USD', 'AUD'),
      kind: maybe('subscription', 'refund'),
      status: maybe('in_progress', 'completed'),
      completed_at: fc.option(instant, { nil: undefined }),
    }),
  ),
  campaign,
  enrolment,
  adSpend,
);
/** Batches in the order of their arrival; some arrive twice. */
export const history = fc
  .array(fc.array(fact, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 7 })
  .chain((batches) => fc.subarray(batches).map((again) => [...batches, ...again]));
