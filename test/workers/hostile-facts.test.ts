/**
 * Facts that mean harm but come with leave, then a night and every page and address: nothing
 * stops, nothing answers 500 (V24).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fieldsOf, type RowKind } from '../../core/facts/fields.ts';
import { lists } from '../../core/lists.ts';
import { openTestHouse, type TestHouse } from '../house.ts';
import { publish } from '../night.ts';
import { mailEvent, signed } from '../signed.ts';

const FACTS = process.env.FULL ? 1000 : 40;
const REQUESTS = process.env.FULL ? 2000 : 30;
const PEOPLE = process.env.FULL ? 40 : 4;
const SEED = 20_260_901;
const PATIENCE_MS = 900_000;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { HOUSE_CURRENCY: 'USD' } });
});
afterAll(() => house?.close());

const texts = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  '__proto__',
  'constructor',
  "'; drop table contacts; --",
  '=IMPORTXML("https://x.example")',
  '<script>alert(1)</script>',
  '\r\nset-cookie: a=b',
  '\0',
  '\ud800',
  '\u202e\u200b\ufeff',
  '漢'.repeat(17),
  '👩‍👩‍👧‍👦'.repeat(40),
  '%'.repeat(60),
  '%0d%0a',
  '%zz',
  '../../etc/passwd',
  'x'.repeat(600),
  'é'.repeat(20_000),
  '1e309',
  '9007199254740993',
  '-9007199254740991',
];
const instants = [
  '0001-01-01T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '2009-12-31T10:00:00Z',
  '2010-01-01T00:00:00Z',
  '2040-12-31T23:59:59Z',
  '2045-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '2026-05-01T10:00:00Z',
  '2026-05-01T10:00:00.001Z',
  'soon',
];
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 3, arbitrary: fc.constantFrom(...instants) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
  { weight: 2, arbitrary: fc.oneof(fc.integer(), fc.double()) },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const address = fc.constantFrom<unknown>('ada@example.org', '+14155550101', 'lead-1', ...texts);

/**
 * What a row of a kind needs; hostile values stand in any of its other fields, and now and then in
 * these.
 */
const plain: Partial<Record<RowKind, object>> = {
  contacts: { email: 'ada@example.org' },
  interactions: { contact: 'ada@example.org', occurred_at: '2026-05-01', channel: 'web' },
  calls: { contact: 'ada@example.org', started_at: '2026-05-02', external_id: 'c' },
  purchases: {
    contact: 'ada@example.org',
    purchased_at: '2026-05-03',
    product: 'Course',
    amount: '10',
    external_id: 'p',
  },
  campaigns: { name: 'Spring' },
  'ad-spend': { channel: 'google', day: '2026-05-01', amount: '1' },
};
const rows = fc.constantFrom(...(Object.keys(plain) as RowKind[])).chain((kind) =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...Object.keys(fieldsOf[kind])), hostile, { maxKeys: 4 }),
      fc.option(address, { freq: 3 }),
    )
    .map(([fields, contact]) => ({
      kind,
      row: {
        ...plain[kind],
        ...(contact === null || !('contact' in fieldsOf[kind]) ? {} : { contact }),
        ...fields,
      },
    })),
);
/** Straight at the import door: columns with values of any type. */
const facts = fc
  .tuple(
    fc.constantFrom('contact', 'call', 'purchase', 'interaction', 'campaign', 'ad_spend'),
    fc.dictionary(
      fc.constantFrom(
        'started_at',
        'amount_minor',
        'full_name',
        'tags',
        'attributes.a',
        'currency',
      ),
      fc.oneof(fc.constantFrom(...texts), fc.integer(), fc.maxSafeInteger(), fc.constant(null)),
      { maxKeys: 4 },
    ),
    fc.integer({ min: Date.UTC(2009, 0, 1), max: Date.UTC(2046, 0, 1) }),
    fc.option(fc.constantFrom('ada@example.org', 'bo@example.org')),
  )
  .map(([kind, stated, observed_at, email]) => ({
    kind,
    provider: 'crm',
    ...(email === null ? {} : { contact: { kind: 'email', value: email } }),
    thing_key: `${kind} ${observed_at}`,
    observation_key: JSON.stringify(stated).slice(0, 500),
    observed_at,
    stated,
  }));
const events = fc.tuple(
  fc.constantFrom('email.sent', 'email.clicked', 'email.bounced', 'email.received', 'x'),
  fc.dictionary(
    fc.constantFrom('email_id', 'to', 'from', 'subject', 'tags', 'bounce', 'click', 'created_at'),
    hostile,
    { maxKeys: 3 },
  ),
  fc.constantFrom(...instants),
);

const post = (path: string, body: unknown): Promise<Response> =>
  house.call(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
/** The status of an answer, which never speaks of the database. */
async function statusOf(answer: Promise<Response>, what: unknown): Promise<number> {
  const response = await answer;
  const text = await response.text();
  expect(
    response.status,
    `${JSON.stringify(what)?.slice(0, 900)}: ${text.slice(0, 300)}`,
  ).toBeLessThan(500);
  expect(text.slice(0, 100_000)).not.toMatch(/D1_ERROR|SQLITE_|no such (table|column)/);
  return response.status;
}

it(
  `takes or refuses ${FACTS} hostile facts of each door`,
  async () => {
    const statuses = new Map<number, number>();
    const count = (status: number) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const drawn = { seed: SEED, numRuns: FACTS };
    for (const { kind, row } of fc.sample(rows, drawn))
      count(await statusOf(post(`/api/${kind}`, row), row));
    for (const fact of fc.sample(facts, drawn))
      count(await statusOf(post('/import/facts', { facts: [fact] }), fact));
    for (const [i, [type, data, at]] of fc.sample(events, drawn).entries()) {
      const delivery = signed(`evt_${i}`, mailEvent(type, data, at));
      count(await statusOf(fetch(new URL('/webhooks/resend', house.url), delivery), delivery.body));
    }
    expect([...statuses.keys()].sort()).toEqual([200, 202, 400]);
  },
  PATIENCE_MS,
);

const night = () => publish(house, ['files']);

it(
  'publishes the night after them, once a fact of before the bounds is discarded as the night says',
  async () => {
    await house.db
      .prepare(
        `insert into email_events
           (contact_id, occurred_at, event_id, message_id, event_type, occurred_day, landed_at)
         select contact_id, -62135596800000, 'evt_old', 'm_old', 'opened', '0001-01-01', 0
         from contacts limit 1`,
      )
      .run();
    const stopped = await night();
    expect(stopped.status).toBe('errored');
    expect(stopped.error?.message).toContain("signalhouse discard email_event 'evt_old'");
    const named = { kind: 'email_event', key: 'evt_old' };
    expect(await (await post('/import/discards', named)).json()).toEqual({ discarded: 1 });
    expect((await post('/import/discards', named)).status).toBe(404);
    expect(await night()).toMatchObject({ status: 'complete' });
    const dead = await house.db
      .prepare("select dead_id from dead_events where fault = 'discarded'")
      .first<{ dead_id: string }>();
    const again = await post(`/import/dead-events?only=${dead!.dead_id}`, {});
    const { waiting } = (await again.json()) as { waiting: { reason: string }[] };
    expect(waiting[0]!.reason).toContain('is outside 2010-01-01 to 2040-12-31');
  },
  PATIENCE_MS,
);

/**
 * Parameters of every address, as text that a browser or a program may send: also what is no
 * percent encoding.
 */
const encoded = (text: string): string =>
  /%(zz|0d)/.test(text) ? text : encodeURIComponent(text.toWellFormed());
const parameter = fc
  .oneof(fc.constantFrom(...texts), fc.constantFrom(...instants), fc.string({ unit: 'binary' }))
  .map(encoded);
const request = fc.tuple(
  fc.constantFrom<(one: string, other: string) => string>(
    (id) => `/people/${id}`,
    (id) => `/api/contacts/${id}`,
    (q, other) => `/people?q=${q}&status=${other}&stage=${q}&page=${other}`,
    (q, other) => `/?week=${q}&${other}=${q}`,
    (name, limit) => `/api/list/${name}?limit=${limit}`,
    (status) => `/api/list/calls?status=${status}`,
    (status, limit) => `/api/list/emails?status=${status}&limit=${limit}`,
    (after) => `/api/status?after=${after}`,
    (name, limit) => `/api/marts/${name}?limit=${limit}`,
    (limit) => `/api/marts/daily?limit=${limit}`,
    (id) => `/exports/${id}`,
    (run, file) => `/exports/files/${run}/${file}`,
    (path) => `/${path}`,
  ),
  parameter,
  parameter,
);

it(
  `answers every page, list and mart after them, and ${REQUESTS} hostile requests`,
  async () => {
    const entered = await fetch(new URL('/people?token=test-token', house.url), {
      redirect: 'manual',
    });
    const cookie = entered.headers.get('set-cookie')!.split(';')[0]!;
    const open = (path: string) =>
      statusOf(house.call(path, { headers: { cookie }, redirect: 'manual' }), path);
    const { results } = await house.db
      .prepare('select contact_key from contacts')
      .all<{ contact_key: string }>();
    for (const path of [
      '/',
      '/people',
      '/api/status',
      ...lists.map((name) => `/api/list/${name}`),
      ...results.slice(0, PEOPLE).map(({ contact_key }) => `/people/${contact_key}`),
    ])
      expect(await open(path), path).toBe(200);
    for (const text of texts)
      for (const path of ['/people/', '/people?q=']) await open(path + encoded(text));
    for (const [path, one, other] of fc.sample(request, { seed: SEED, numRuns: REQUESTS }))
      await open(path(one, other));
  },
  PATIENCE_MS,
);
