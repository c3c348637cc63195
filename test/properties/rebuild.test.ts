/** What is derived fact by fact is what a rebuild makes of the whole history: late, corrected, merged or repeated (decision 3). */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withAgent } from '../../core/facts/agent.ts';
import type { EmailEvent, Fact, Observation } from '../../core/facts/fact.ts';
import { parseConfig } from '../../platform/config.ts';
import { ensureHouse } from '../../platform/d1/house.ts';
import { rebuild } from '../../platform/d1/rebuild.ts';
import { refreshAll, refreshContacts } from '../../platform/d1/refresh.ts';
import { writeFacts } from '../../platform/d1/write-facts.ts';
import { openTestHouse, type TestHouse } from '../house.ts';

const RUNS = process.env.FULL ? 100 : 3;
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 5, 1, 12);
const SEED = 20_260_601;

let house: TestHouse;
let env: Record<string, unknown>;
beforeAll(async () => {
  house = await openTestHouse({ env: { NOW: String(NOW) } });
  env = await house.runtime.getBindings('signalhouse-engine');
  await ensureHouse(house.db, parseConfig(env));
});
afterAll(() => house?.close());

/** Few people with few addresses, so that they turn out to be one another. */
const address = fc.oneof(
  fc.nat(5).map((n) => ({ kind: 'email' as const, value: `p${n}@example.org` })),
  fc.nat(2).map((n) => ({ kind: 'phone' as const, value: `+6140000000${n}` })),
);
/** From a year ago to a month ahead: also what is not due yet. */
const instant = fc.integer({ min: -365, max: 30 }).map((days) => NOW + days * DAY + 7 * 3_600_000);
const maybe = <T extends string | number>(...values: T[]) => fc.constantFrom(...values, undefined);
const withoutBlanks = (stated: Record<string, string | number | undefined>): Observation['stated'] =>
  Object.fromEntries(
    Object.entries(stated).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );

/** A delivery about one of three things of a kind and owner, so that most are told of again, otherwise. */
const told = (kind: Observation['kind'], stated: fc.Arbitrary<Record<string, string | number | undefined>>) =>
  fc.tuple(address, fc.nat(2), instant, fc.nat(3), stated).map(([contact, n, observed_at, delivery, fields]): Fact => {
    const thing_key = `${kind} ${n} of ${contact.value}`;
    return {
      ...{ kind, source: 'api', contact, thing_key, observation_key: `${thing_key} ${delivery} ${observed_at}` },
      ...{ observed_at, stated: withAgent(withoutBlanks(fields)) },
    };
  });

const campaign = fc.tuple(fc.nat(1), instant, maybe('active', 'paused')).map(
  ([n, observed_at, status]): Fact => ({
    ...{ kind: 'campaign', source: 'api', thing_key: `campaign${n}`, observation_key: `${n} ${observed_at} ${status}` },
    ...{ observed_at, stated: withoutBlanks({ name: `Campaign ${n}`, status }) },
  }),
);

/** Of people who are nobody else: two enrolments of one person in one campaign are two things with one row. */
const enrolment = fc.tuple(fc.nat(1), instant, maybe('completed', 'active')).map(
  ([n, observed_at, status]): Fact => ({
    ...{ kind: 'enrolment', source: 'api', contact: { kind: 'external', value: `student${n}` } },
    ...{ thing_key: `campaign0:student${n}`, observation_key: `${n} ${observed_at} ${status}`, observed_at },
    stated: withoutBlanks({ campaign_id: 'campaign0', enrolled_at: observed_at, status }),
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
      ...{ kind: 'contact', source: 'api', contact: one, identities: [one, other], thing_key: one.value },
      ...{
        observation_key: JSON.stringify([one, other, observed_at, fields]),
        observed_at,
        stated: withoutBlanks(fields),
      },
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
      'bounced',
      'complained',
    ),
    maybe('spring', 'autumn'),
  )
  .map(
    ([whose, n, occurred_at, event_type, campaign]): Fact => ({
      ...{ kind: 'email_event', source: 'resend', contact: whose, event_type, occurred_at },
      ...{ event_id: `e${n} ${event_type} ${whose.value} ${occurred_at}`, message_id: `m${n} ${whose.value}` },
      message: {
        ...{ created_at: occurred_at - DAY, campaign_id: campaign ?? null, sequence_version: 1, step_number: n },
        ...{ email_type: null, subject: null, sending_domain: null, recipient_domain_group: null },
      },
      ...{
        actor: null,
        bounce_type: event_type === 'bounced' ? 'hard' : null,
        link: null,
        user_agent: null,
        http_method: null,
      },
    }),
  );

const fact: fc.Arbitrary<Fact> = fc.oneof(
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
      source: maybe('aircall', 'manual'),
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
);
/** Batches in the order of their arrival; some arrive twice. */
const history = fc
  .array(fc.array(fact, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 7 })
  .chain((batches) => fc.subarray(batches).map((again) => [...batches, ...again]));

const folded = ['contacts', 'interactions', 'calls', 'purchases', 'campaigns', 'campaign_contacts', 'agents'];
const derived = ['status_changes', 'contact_summary'];
const kept = [
  'observations',
  'identities',
  'merges',
  'email_messages',
  'email_events',
  'suppressions',
  'sequence_steps',
];

type State = Record<string, string[]>;
const read = async (tables: string[]): Promise<State> => {
  const answers = await house.db.batch(tables.map((table) => house.db.prepare(`select * from ${table}`)));
  return Object.fromEntries(
    tables.map((table, i) => [table, answers[i]!.results.map((row) => JSON.stringify(row)).sort()]),
  );
};
/** A score fades and a VIP is the whole house's: by day both wait for the night (L3). */
const withoutNightly = (state: State): State => ({
  ...state,
  contact_summary: state.contact_summary!.map((row) => JSON.stringify({ ...JSON.parse(row), score_milli: 0, vip: 0 })),
});

async function arrive(batches: Fact[][]): Promise<void> {
  await house.db.batch([...folded, ...derived, ...kept].map((table) => house.db.prepare(`delete from ${table}`)));
  for (const facts of batches) {
    const written = await writeFacts(house.db, facts, parseConfig(env));
    await refreshContacts(house.db, written.contact_ids, NOW);
  }
}

/** Forgets all that a rebuild makes; of a contact, its id and key are facts. */
async function forget(): Promise<void> {
  const columns = Object.keys((await house.db.prepare('select * from contacts limit 1').first()) ?? { contact_id: 0 });
  const stated = columns.filter((name) => name !== 'contact_id' && name !== 'contact_key');
  await house.db.batch([
    ...[...folded.slice(1), ...derived].map((table) => house.db.prepare(`delete from ${table}`)),
    ...(stated.length > 0
      ? [house.db.prepare(`update contacts set ${stated.map((name) => `${name} = null`).join(', ')}`)]
      : []),
  ]);
}

it('a rebuild finds nothing to put right, and makes the same from nothing', async () => {
  const seen = { merged: 0, changes: 0 };
  await fc.assert(
    fc.asyncProperty(history, async (batches) => {
      await arrive(batches);
      const landed = await read([...folded, ...derived, ...kept]);
      const first = await rebuild(house.db, parseConfig(env));
      expect(first).toMatchObject({ moved: false, things: 0, agents: 0, contacts: 0, days: 0 });
      const rebuilt = await read([...folded, ...derived, ...kept]);
      expect(withoutNightly(rebuilt)).toEqual(withoutNightly(landed));
      await forget();
      await rebuild(house.db, parseConfig(env));
      expect(await read([...folded, ...derived, ...kept])).toEqual(rebuilt);
      expect((await rebuild(house.db, parseConfig(env))).derived).toBe(0);
      seen.merged += landed.merges!.length;
      seen.changes += landed.status_changes!.length;
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: !process.env.FULL },
  );
  expect(seen.merged).toBeGreaterThan(0);
  expect(seen.changes).toBeGreaterThan(RUNS);
}, 600_000);

it('a rebuild puts right what was changed by hand, and stamps the days of another time zone', async () => {
  const at = Date.UTC(2026, 4, 20, 15);
  const purchase = {
    kind: 'purchase' as const,
    source: 'api',
    contact: { kind: 'email' as const, value: 'ada@example.org' },
  };
  const stated = { purchased_at: at, product_name: 'Course', amount_minor: 100, currency: 'USD' };
  await arrive([[{ ...purchase, thing_key: 'p', observation_key: 'p', observed_at: at, stated }]]);
  await refreshAll(house.db, NOW);
  await house.db.batch([
    house.db.prepare('update purchases set amount_minor = 7'),
    house.db.prepare("update contact_summary set sales_stage = 'new'"),
  ]);
  const config = { ...parseConfig(env), BUSINESS_TIME_ZONE: 'Australia/Sydney' };
  expect(await rebuild(house.db, config)).toMatchObject({ moved: true, things: 1, derived: 1 });
  const row = await house.db.prepare('select amount_minor, purchased_day from purchases').first();
  expect(row).toEqual({ amount_minor: 100, purchased_day: '2026-05-21' });
  expect(await rebuild(house.db, config)).toMatchObject({ moved: false, things: 0, derived: 0 });
});
