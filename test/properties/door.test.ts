/** The webhook's door against forgers and against senders of nonsense, over real HTTP (V3, V4). */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, RESEND_SECRET, type TestHouse } from '../house.ts';
import { type Delivery, mailEvent, signed } from '../signed.ts';

const RUNS = process.env.FULL ? 5000 : 160;
const OLD_SECRET = `whsec_${btoa('the secret before the rotation')}`;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { RESEND_WEBHOOK_SECRET: `${OLD_SECRET} ${RESEND_SECRET}` } });
});
afterAll(() => house?.close());

const knock = async (delivery: Delivery): Promise<number> => {
  const answer = await fetch(new URL('/webhooks/resend', house.url), delivery);
  await answer.arrayBuffer();
  return answer.status;
};
const count = async (table: string): Promise<number> =>
  (await house.db.prepare(`select count(*) as n from ${table}`).first<{ n: number }>())!.n;

const bytesOf = (text: string) => new TextEncoder().encode(text);
const key = (secret: string) => Buffer.from(secret.slice('whsec_'.length), 'base64');
type Mutation = (delivery: Delivery & { body: string }, seed: number) => Delivery;
const header =
  (name: string, change: (value: string, seed: number) => string): Mutation =>
  (delivery, seed) => ({
    ...delivery,
    headers: {
      ...delivery.headers,
      [`svix-${name}`]: change(delivery.headers[`svix-${name}`]!, seed),
    },
  });
const swapLetter = (text: string, seed: number): string => {
  const place = seed % (text.length - 1);
  return text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
};

const mutations: Mutation[] = [
  (delivery, seed) => {
    const body = bytesOf(delivery.body);
    body[seed % body.length]! ^= 1 << (seed % 8);
    return { ...delivery, body };
  },
  (delivery, seed) => ({
    ...delivery,
    body: delivery.body + ['\0', ' ', '\n', '}', '\ufeff'][seed % 5],
  }),
  (delivery) => ({ ...delivery, body: `\ufeff${delivery.body}` }),
  (delivery, seed) => ({ ...delivery, body: delivery.body.slice(0, seed % delivery.body.length) }),
  (delivery, seed) => {
    const headers = Object.entries(delivery.headers).filter((_, i) => i !== seed % 3);
    return { ...delivery, headers: Object.fromEntries(headers) };
  },
  header('id', (id, seed) => `${id}${seed}`),
  header('timestamp', (at, seed) => String(Number(at) + (seed % 2 ? 1 : -1) * (1 + (seed % 250)))),
  header(
    'timestamp',
    (at, seed) =>
      [`${at}.0`, `0${at}`, `+${at}`, `${at}e0`, '', 'now', `-${at}`, '9'.repeat(40)][seed % 8]!,
  ),
  header(
    'signature',
    (signature, seed) => `v1,${swapLetter(signature.slice(3, -2), seed)}${signature.slice(-2)}`,
  ),
  header('signature', (signature, seed) =>
    signature.replace('v1', ['v0', 'v2', 'V1', 'v1a', ''][seed % 5]!),
  ),
  header(
    'signature',
    (_, seed) => ['', 'v1,', 'v1', ',', 'v1,é'.normalize('NFC'), 'v1,AAAA'][seed % 6]!,
  ),
  ({ headers, body }, seed) =>
    signed(headers['svix-id']!, body, `whsec_${btoa(`a forger's secret ${seed}`)}`),
  ({ headers, body }) => {
    const hex = createHmac('sha256', key(RESEND_SECRET)).update(body).digest('base64');
    return { method: 'POST', body, headers: { ...headers, 'svix-signature': `v1,${hex}` } };
  },
];

it('accepts no request that differs from the one signed, and keeps no row of it (V3)', async () => {
  const forged = fc.tuple(fc.constantFrom(...mutations), fc.nat(1_000_000));
  const refusals = new Set<number>();
  await fc.assert(
    fc.asyncProperty(fc.array(forged, { minLength: 20, maxLength: 20 }), async (forgeries) => {
      const asked = forgeries.map(([mutate, seed]) =>
        mutate(signed(`evt_${seed}`, mailEvent('email.sent')), seed),
      );
      for (const status of await Promise.all(asked.map(knock))) refusals.add(status);
    }),
    { numRuns: RUNS / 20 },
  );
  expect([...refusals]).toEqual([401]);
  expect([
    await count('email_events'),
    await count('dead_events'),
    await count('contacts'),
  ]).toEqual([0, 0, 0]);
});

it('allows five minutes either way, and takes both secrets of a rotation (V3)', async () => {
  // The clock must not pass into the next second between signing and judging.
  const at = async (seconds: number, secret?: string) => {
    await new Promise((resolve) => setTimeout(resolve, 1020 - (Date.now() % 1000)));
    const body = mailEvent('email.sent', { email_id: `t${seconds}` });
    return knock(signed(`evt_t${seconds}`, body, secret, new Date(Date.now() + seconds * 1000)));
  };
  expect([await at(-301), await at(-300), await at(300), await at(301)]).toEqual([
    401, 200, 200, 401,
  ]);
  expect([await at(0, OLD_SECRET), await at(0, RESEND_SECRET)]).toEqual([200, 200]);
  await house.until('select count(*) from email_events', 3);
});

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const strange = fc.oneof(
  fc.anything({ withNullPrototype: false }),
  fc.constantFrom<unknown>(
    '\u0000',
    '\ud800',
    '',
    '@',
    'a@b@c',
    -1,
    1e308,
    { toString: 1 },
    { valueOf: {} },
    [[[]]],
    '__proto__',
  ),
);
const fields = ['email_id', 'created_at', 'to', 'subject', 'tags', 'bounce', 'click'] as const;
const json = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '{"type":1n}';
  }
};

/** Bodies that no reader of Resend's could understand. */
const malformed = fc.oneof(
  fc.nat(250).map((length) => mailEvent('email.sent').slice(0, length)),
  fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => `!${text}`),
  fc.constantFrom(
    deep(10_000),
    `{"type":"email.sent","created_at":"2026-03-01T00:00:00Z","data":${deep(10_000)}}`,
  ),
  fc
    .constant(10_000)
    .map((depth) =>
      mailEvent('email.sent', { tags: 'deep' }).replace('"deep"', `{"campaign":${deep(depth)}}`),
    ),
  strange.map((value) => json([value])),
  strange.map((value) => json({ type: ['email.sent'], created_at: value, data: value })),
  fc
    .constantFrom('email.teleported', 'domain.created', 'email.', '', 'constructor')
    .map((type) => mailEvent(type)),
  fc
    .constantFrom(
      { to: [] },
      { to: ['nobody'] },
      { to: 7 },
      { email_id: '' },
      { created_at: 'soon' },
      { created_at: '0001-01-01' },
      { created_at: '9999-12-31' },
      { email_id: 'm'.repeat(501) },
    )
    .map((data) => mailEvent('email.sent', data)),
);

it('keeps every signed body that it cannot understand, with a reason (V4)', async () => {
  const before = await count('email_events');
  const bodies = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(malformed, { minLength: 10, maxLength: 10 }), async (batch) => {
      for (const body of batch)
        bodies.add(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(body)));
      const statuses = await Promise.all(batch.map((body, i) => knock(signed(`evt_m${i}`, body))));
      expect(new Set(statuses)).toEqual(new Set([200]));
    }),
    { numRuns: RUNS / 20 },
  );
  const { results } = await house.db
    .prepare('select body, reason from dead_events')
    .all<{ body: string; reason: string }>();
  expect(new Set(results.map(({ body }) => body))).toEqual(bodies);
  expect(results.every(({ reason }) => reason.length > 5)).toBe(true);
  expect(await count('email_events')).toBe(before);
});

it('answers no body with a 5xx: a strange field, bytes that aren’t text, 10 MB (V4)', async () => {
  const oneStrange = fc.tuple(fc.constantFrom(...fields), strange).map(([name, value]) => {
    const body = json({
      type: 'email.clicked',
      created_at: '2026-03-01T00:00:00Z',
      data: { ...JSON.parse(mailEvent('')).data, [name]: value },
    });
    return signed(
      `evt_s${body.length}`,
      new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(body)),
    );
  });
  const noText = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => ({
    ...signed('evt_bytes', ''),
    body: new Uint8Array([...bytes, 0xff]),
  }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(oneStrange, noText), { minLength: 10, maxLength: 10 }),
      async (batch) => {
        for (const status of await Promise.all(batch.map(knock)))
          expect([200, 401]).toContain(status);
      },
    ),
    { numRuns: RUNS / 20 },
  );
  // It is refused unread, so a client that is still writing may find the line closed before it sees
  // the 413.
  const large = signed('evt_large', mailEvent('email.sent', { subject: 'x'.repeat(10_000_000) }));
  expect([413, 'closed']).toContain(await knock(large).catch(() => 'closed'));
  expect(
    await knock(
      signed('evt_after', mailEvent('email.sent', { email_id: 'after', to: ['after@x.test'] })),
    ),
  ).toBe(200);
  await house.until("select count(*) from email_events where event_id = 'evt_after'", 1);
  expect(
    (
      await house.db
        .prepare("select group_concat(reason) as r from dead_events where fault <> 'unknown_event'")
        .first<{ r: string | null }>()
    )?.r,
  ).toBeNull();
});
