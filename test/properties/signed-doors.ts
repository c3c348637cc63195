/** Doors whose requests are signed, each with its ways to forge one and to write nonsense. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { RESEND_SECRET } from '../house.ts';
import { type Delivery, mailEvent, signed } from '../signed.ts';
import { batchOf, newSendGridKey, sendGridEvent, signedBatch } from '../signed-by-sendgrid.ts';

export type Signed = Delivery & { body: string };
export type Mutation = (delivery: Signed, seed: number) => Delivery;

export type SignedDoor = {
  name: string;
  env: Record<string, string>;
  /** `id` names the request where the provider does that. `secret`: the one before the rotation. */
  sign(id: string, body: string, options?: { isOld?: boolean; at?: Date }): Signed;
  /** A body with one event of that id and message, other members as `members` has them. */
  body(id: string, members?: object): string;
  /** Whether a request counts for five minutes only. */
  isTimed: boolean;
  /** SQL that counts what an event of that id left. */
  landed(id: string): string;
  /** What of a body waits in quarantine, event by event. */
  parts(body: string): string[];
  mutations: Mutation[];
  /** Bodies that no reader could understand. */
  malformed: fc.Arbitrary<string>;
  /** Members that an event has. */
  members: readonly string[];
};

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A header that is not what was signed. */
export const header =
  (name: string, change: (value: string, seed: number) => string): Mutation =>
  (delivery, seed) => ({
    ...delivery,
    headers: { ...delivery.headers, [name]: change(delivery.headers[name]!, seed) },
  });

export const swapLetter = (text: string, seed: number): string => {
  const place = seed % (text.length - 1);
  return text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
};

/** What every signature forbids, whatever its scheme. */
export const anyBody: Mutation[] = [
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
    const headers = Object.entries(delivery.headers).filter(([name]) => name !== 'content-type');
    return {
      ...delivery,
      headers: Object.fromEntries(headers.filter((_, i) => i !== seed % headers.length)),
    };
  },
];

export const wrongInstants: ((at: string, seed: number) => string)[] = [
  (at, seed) => String(Number(at) + (seed % 2 ? 1 : -1) * (1 + (seed % 250))),
  (at, seed) =>
    [`${at}.0`, `0${at}`, `+${at}`, `${at}e0`, '', 'now', `-${at}`, '9'.repeat(40)][seed % 8]!,
];

/** The same, where a header of its own has the instant. */
const anyScheme = (timestamp: string): Mutation[] => [
  ...anyBody,
  ...wrongInstants.map((change) => header(timestamp, change)),
];

export const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
export const strange = fc.oneof(
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
export const json = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'undefined';
  } catch {
    return '{"type":1n}';
  }
};
export const noJson = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => `!${text}`);

const OLD_SECRET = `whsec_${btoa('the secret before the rotation')}`;
const key = (secret: string) => Buffer.from(secret.slice('whsec_'.length), 'base64');

export const resend: SignedDoor = {
  name: 'resend',
  env: { RESEND_WEBHOOK_SECRET: `${OLD_SECRET} ${RESEND_SECRET}` },
  sign: (id, body, { isOld, at } = {}) => signed(id, body, isOld ? OLD_SECRET : RESEND_SECRET, at),
  body: (id, members) => mailEvent('email.sent', { email_id: id, ...members }),
  isTimed: true,
  landed: (id) => `select count(*) from email_events where event_id = '${id}'`,
  parts: (body) => [body],
  mutations: [
    ...anyScheme('svix-timestamp'),
    header('svix-id', (id, seed) => `${id}${seed}`),
    header(
      'svix-signature',
      (signature, seed) => `v1,${swapLetter(signature.slice(3, -2), seed)}${signature.slice(-2)}`,
    ),
    header('svix-signature', (signature, seed) =>
      signature.replace('v1', ['v0', 'v2', 'V1', 'v1a', ''][seed % 5]!),
    ),
    header(
      'svix-signature',
      (_, seed) => ['', 'v1,', 'v1', ',', 'v1,é'.normalize('NFC'), 'v1,AAAA'][seed % 6]!,
    ),
    ({ headers, body }, seed) =>
      signed(headers['svix-id']!, body, `whsec_${btoa(`a forger's secret ${seed}`)}`),
    ({ headers, body }) => {
      const hmac = createHmac('sha256', key(RESEND_SECRET)).update(body).digest('base64');
      return { method: 'POST', body, headers: { ...headers, 'svix-signature': `v1,${hmac}` } };
    },
  ],
  malformed: fc.oneof(
    noJson,
    fc.nat(250).map((length) => mailEvent('email.sent').slice(0, length)),
    fc.constantFrom(
      deep(10_000),
      `{"type":"email.sent","created_at":"2026-03-01T00:00:00Z","data":${deep(10_000)}}`,
      mailEvent('email.sent', { tags: 'deep' }).replace('"deep"', `{"campaign":${deep(10_000)}}`),
    ),
    strange.map((value) => json([value])),
    strange.map((value) => json({ type: ['email.sent'], created_at: value, data: value })),
    fc.constantFrom('email.teleported', 'email.', '', 'constructor').map((type) => mailEvent(type)),
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
  ),
  members: ['email_id', 'created_at', 'to', 'subject', 'tags', 'bounce', 'click'],
};

const OLD_KEY = newSendGridKey();
const KEY = newSendGridKey();
const FORGERS_KEY = newSendGridKey();
const SIGNATURE = 'x-twilio-email-event-webhook-signature';
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

/** The DER of a signature, changed. */
const reencoded = (change: (der: Buffer, seed: number) => Buffer): Mutation =>
  header(SIGNATURE, (text, seed) => change(Buffer.from(text, 'base64'), seed).toString('base64'));

export const sendgrid: SignedDoor = {
  name: 'sendgrid',
  env: { SENDGRID_WEBHOOK_PUBLIC_KEY: `${OLD_KEY.publicKey} ${KEY.publicKey}` },
  sign: (_, body, { isOld, at } = {}) => signedBatch(body, isOld ? OLD_KEY : KEY, at),
  body: (id, members) =>
    batchOf([
      sendGridEvent('delivered', { sg_event_id: id, sg_message_id: `${id}.recvd-1-0`, ...members }),
    ]),
  isTimed: true,
  landed: (id) => `select count(*) from email_events where event_id = '${id}'`,
  parts(body) {
    try {
      const batch: unknown = JSON.parse(body);
      return Array.isArray(batch) ? batch.map((event) => JSON.stringify(event)) : [body];
    } catch {
      return [body];
    }
  },
  mutations: [
    ...anyScheme(TIMESTAMP),
    reencoded((der, seed) => {
      der[seed % der.length]! ^= 1 << (seed % 8);
      return der;
    }),
    // The same two numbers in another form: longer, with a zero before, as raw bytes, cut.
    reencoded((der) => Buffer.concat([der, Buffer.from([0])])),
    reencoded((der) => {
      const length = der[3]!;
      const padded = [0x02, length + 1, 0, ...der.subarray(4, 4 + length)];
      const rest = der.subarray(4 + length);
      return Buffer.from([0x30, der[1]! + 1, ...padded, ...rest]);
    }),
    reencoded((der) => Buffer.concat([der.subarray(4, 36), der.subarray(-32)])),
    reencoded((der, seed) => der.subarray(0, seed % der.length)),
    header(SIGNATURE, (text) => `${text} AAAA`),
    header(SIGNATURE, (text) => text.replace(/=*$/, '') + (text.endsWith('=') ? '' : '=')),
    header(SIGNATURE, (_, seed) => ['', '=', 'MEUC', 'é', 'AAAA'][seed % 5]!),
    ({ body }) => signedBatch(body, FORGERS_KEY),
    // Another algorithm, and a signature over the body alone.
    ({ headers, body }) => {
      const hmac = createHmac('sha256', KEY.publicKey).update(headers[TIMESTAMP]! + body);
      return { method: 'POST', body, headers: { ...headers, [SIGNATURE]: hmac.digest('base64') } };
    },
    ({ headers, body }) => {
      const other = signedBatch(body.substring(1), KEY);
      return {
        method: 'POST',
        body,
        headers: { ...headers, [SIGNATURE]: other.headers[SIGNATURE]! },
      };
    },
  ],
  malformed: fc.oneof(
    noJson,
    fc.nat(200).map((length) => batchOf([sendGridEvent('open')]).slice(0, length)),
    fc.constantFrom(deep(10_000).slice(1), `${deep(2_000)}]`),
    strange.map((value) => json({ event: value })),
    strange.map((value) => json([{ event: ['open'], email: value, timestamp: value }])),
    fc.constantFrom('teleported', '', 'constructor').map((type) => batchOf([sendGridEvent(type)])),
    fc
      .constantFrom(
        { email: 'nobody' },
        { email: 7 },
        { timestamp: 'soon' },
        { timestamp: 1 },
        { timestamp: 1e300 },
        { sg_message_id: 'm'.repeat(501) },
        { sg_event_id: 'e'.repeat(501) },
      )
      .map((members) => batchOf([sendGridEvent('open', members)])),
  ),
  members: ['email', 'timestamp', 'sg_event_id', 'sg_message_id', 'type', 'campaign', 'useragent'],
};
