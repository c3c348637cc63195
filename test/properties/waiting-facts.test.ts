/**
 * Facts of an external id that nobody has named, and things that are not whole, wait: they count
 * once they can, in any order (F1).
 */
import { expect, it } from 'vitest';
import { DAY } from '../../core/durations.ts';
import type { Fact, Observation } from '../../core/facts/fact.ts';
import { render } from '../../sql/render.ts';
import { outcomesOf } from '../../warehouse/write/fact-outcomes.ts';
import { writeFacts } from '../../warehouse/write/facts.ts';
import { config, now, openSmallHouse } from './small-house.ts';

type Address = NonNullable<Observation['contact']>;
const lead7: Address = { kind: 'external', value: 'lead-7' };
const ana: Address = { kind: 'email', value: 'ana@example.com' };

const observed = (
  kind: Observation['kind'],
  thing_key: string,
  contact: Address,
  stated: Observation['stated'],
  observed_at = now - 9 * DAY,
): Fact => ({
  kind,
  provider: 'crm',
  contact,
  thing_key,
  observation_key: `${thing_key} ${observed_at} ${JSON.stringify(stated)}`,
  observed_at,
  stated,
});

const naming: Fact = {
  ...(observed('contact', 'card', ana, { full_name: 'Ana' }) as Observation),
  identities: [ana, lead7],
};
const call: Fact = {
  ...observed('call', 'c1', lead7, { started_at: now - 20 * DAY }),
  provider: 'aircall',
};
const sale = {
  purchased_at: now - 8 * DAY,
  product_name: 'Course',
  amount_minor: 10_000,
  currency: 'USD',
};
const bought = observed('purchase', 'p1', lead7, {
  ...sale,
  referrer_kind: 'external',
  referrer_value: 'lead-9',
});
const refund = observed('purchase', 'r1', lead7, {
  ...sale,
  product_name: null,
  purchased_at: now - 7 * DAY,
  kind: 'refund',
  amount_minor: -4000,
  refund_of_key: 'p1',
});
const reply: Fact = {
  kind: 'email_event',
  provider: 'csv',
  event_id: 'e1',
  message_id: 'm1',
  contact: lead7,
  event_type: 'replied',
  occurred_at: now - 6 * DAY,
  message: {
    created_at: now - 6 * DAY,
    campaign_id: null,
    sequence_version: null,
    step_number: null,
    email_type: null,
    subject: null,
    sending_domain: null,
    recipient_domain_group: null,
  },
  actor: null,
  bounce_type: null,
  link: null,
  user_agent: null,
  http_method: null,
};

type SmallHouse = Awaited<ReturnType<typeof openSmallHouse>>;
const rows = async ({ db }: SmallHouse, sql: string) =>
  (await db.prepare(render(sql, { as_of: now })).all<Record<string, unknown>>()).results;
const waiting = async (house: SmallHouse) =>
  (await rows(house, 'select kind, waits_for from int_waiting_facts order by kind, waits_for')).map(
    ({ kind, waits_for }) => `${kind}: ${waits_for}`,
  );

const told = ['dim_contact', 'fct_purchase', 'fct_call_attempt', 'fct_email_message'];

it('tells the same whichever of naming and named came first', async () => {
  const facts = [naming, call, bought, refund, reply];
  const answers = new Set<string>();
  for (const first of facts.keys()) {
    const order = [...facts.slice(first), ...facts.slice(0, first + 1)];
    const house = await openSmallHouse();
    for (const fact of order) await writeFacts(house.db, [fact], config);
    expect(await waiting(house)).toEqual([]);
    const marts = [];
    for (const mart of told) marts.push(await rows(house, `select * from ${mart}`));
    answers.add(JSON.stringify(marts));
    expect(marts.map(({ length }) => length)).toEqual([1, 2, 1, 1]);
    house.close();
  }
  expect(answers.size).toBe(1);
});

it('keeps what nobody can be found for, makes nobody of it, and says so', async () => {
  const house = await openSmallHouse();
  const facts = [call, bought, reply];
  const { outcomes } = await outcomesOf(house.db, facts, config);
  expect(outcomes).toEqual(facts.map(() => 'unknown_person'));
  const written = await writeFacts(house.db, [...facts, call], config);
  expect(written).toMatchObject({ inserted: 0, waiting: 3, duplicates: 1, new_contacts: 0 });
  expect(written.landed).toEqual([]);
  expect(await rows(house, 'select contact_id from stg_contacts')).toEqual([]);
  expect(await waiting(house)).toEqual([
    'call: contact',
    'email_event: contact',
    'purchase: contact',
  ]);
  expect(await rows(house, 'select kind from check_facts_waiting')).toHaveLength(3);
  const named = await writeFacts(house.db, [naming], config);
  expect(named).toMatchObject({ inserted: 1, waiting: 0, duplicates: 0, new_contacts: 1 });
  expect(named.landed).toHaveLength(4);
  expect(await waiting(house)).toEqual([]);
  expect((await outcomesOf(house.db, facts, config)).outcomes).toEqual(facts.map(() => 'skipped'));
  house.close();
});

it('lands more than one batch of what waited for one contact', async () => {
  const house = await openSmallHouse();
  const calls = Array.from({ length: 1100 }, (_, i) =>
    observed('call', `c${i}`, lead7, { started_at: now - DAY - i }),
  );
  await writeFacts(house.db, calls, config);
  const { landed, contact_ids } = await writeFacts(house.db, [naming], config);
  expect(landed).toHaveLength(1101);
  expect(new Set(contact_ids).size).toBe(1);
  expect(await waiting(house)).toEqual([]);
  house.close();
});

it('makes nobody of a referrer', async () => {
  const house = await openSmallHouse();
  await writeFacts(house.db, [{ ...bought, contact: ana } as Fact], config);
  expect(await rows(house, 'select contact_id from stg_contacts')).toHaveLength(1);
  house.close();
});

const part = (stated: Observation['stated'], thing_key = 'p1', at = now - 9 * DAY) =>
  observed('purchase', thing_key, ana, stated, at);
const { product_name: _, ...payment } = sale;

it.each([
  ['product', part(payment), part({ product_name: 'Course' }, 'p1', now - DAY)],
  ['amount', part({ product_name: 'Course' }), part(sale, 'p1', now - DAY)],
  [
    'booked_at, started_at or completed_at',
    observed('call', 'c9', ana, { notes: 'x' }),
    observed('call', 'c9', ana, { booked_at: now - DAY }),
  ],
  ['the purchase it refunds', { ...refund, contact: ana } as Fact, part(sale)],
])('waits for %s', async (waits_for, first, second) => {
  const house = await openSmallHouse();
  for (const fact of [first, first]) {
    expect((await outcomesOf(house.db, [fact], config)).outcomes).toEqual(['incomplete']);
    await writeFacts(house.db, [fact], config);
  }
  expect(await waiting(house)).toEqual([`${first.kind}: ${waits_for}`]);
  expect(await rows(house, 'select purchase_key from fct_purchase')).toEqual([]);
  const { outcomes } = await outcomesOf(house.db, [second], config);
  expect(outcomes).not.toContain('incomplete');
  await writeFacts(house.db, [second], config);
  expect(await waiting(house)).toEqual([]);
  house.close();
});

it('gives a refund the product of its purchase, which may change', async () => {
  const house = await openSmallHouse();
  const facts = [
    part(sale),
    { ...refund, contact: ana } as Fact,
    part({ product_name: 'Club' }, 'p1', now - DAY),
  ];
  await writeFacts(house.db, facts, config);
  const found = await rows(
    house,
    'select kind, training as product from fct_purchase order by purchased_at',
  );
  expect(found).toEqual([
    { kind: 'one_off', product: 'Club' },
    { kind: 'refund', product: 'Club' },
  ]);
  house.close();
});

it('lands what the version before kept waiting, with its origin', async () => {
  const house = await openSmallHouse();
  const { provider: _, stated, ...rest } = call as Observation;
  const fact = JSON.stringify({
    ...rest,
    source: 'discord',
    stated: { ...stated, source: 'discord' },
  });
  await house.db
    .prepare('insert into waiting_facts values (?, ?, ?, ?, ?, ?, ?)')
    .bind('external', lead7.value, 'call c1', 'call', now, now, fact)
    .all();
  await writeFacts(house.db, [naming], config);
  expect(await rows(house, 'select provider, medium, class from stg_calls')).toEqual([
    { provider: 'discord', medium: 'whatsapp', class: 'no_call' },
  ]);
  house.close();
});

const phone: Address = { kind: 'phone', value: '+442079460018' };
const ring = (delivery: string): Fact => ({
  ...(observed('call', `call of ${phone.value}`, phone, { started_at: now - DAY }) as Observation),
  provider: 'aircall',
  observation_key: delivery,
  waits_for_contact: true,
});
const withPhone: Fact = {
  ...(observed('contact', 'card', ana, { full_name: 'Ana' }) as Observation),
  identities: [ana, phone],
};

it.each<[by: string, Fact]>([
  ['a contact with the number', withPhone],
  ['a call that was logged by hand', observed('call', 'by hand', phone, { started_at: now })],
])('keeps the call of a number of nobody’s, until %s comes', async (_, naming) => {
  const house = await openSmallHouse();
  const report = await writeFacts(house.db, [ring('a'), ring('b'), ring('a')], config);
  expect(report).toMatchObject({ inserted: 0, waiting: 2, duplicates: 1, new_contacts: 0 });
  expect(await rows(house, 'select contact_id from contacts')).toEqual([]);
  expect(await waiting(house)).toEqual(['call: lead', 'call: lead']);
  expect(await rows(house, 'select * from check_facts_waiting')).toEqual([]);
  const landing = await writeFacts(house.db, [naming], config);
  expect(landing).toMatchObject({ inserted: 1, new_contacts: 1 });
  expect(landing.landed).toHaveLength(3);
  expect(await waiting(house)).toEqual([]);
  const found = await rows(house, `select count(*) as calls from calls where provider = 'aircall'`);
  expect(found).toEqual([{ calls: 1 }]);
  expect(await writeFacts(house.db, [ring('a'), ring('c')], config)).toMatchObject({
    inserted: 1,
    waiting: 0,
    duplicates: 1,
  });
  house.close();
});
