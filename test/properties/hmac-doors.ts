/** Stripe and Cal.com, whose requests are signed by an HMAC in hex. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { CAL_SECRET, calEvent, signedByCal } from '../cal-events.ts';
import { STRIPE_SECRET, session, signedByStripe, stripeEvent } from '../stripe-events.ts';
import {
  anyBody,
  deep,
  header,
  json,
  noJson,
  type SignedDoor,
  strange,
  swapLetter,
  wrongInstants,
} from './signed-doors.ts';

const OLD_SECRET = 'whsec_the_secret_before_the_rotation';
const checkout = (members: object, id = 'evt_bad') =>
  stripeEvent('checkout.session.completed', session(members), { id });

export const stripe: SignedDoor = {
  name: 'stripe',
  env: { STRIPE_WEBHOOK_SECRET: `${OLD_SECRET} ${STRIPE_SECRET}` },
  sign: (_, body, { isOld, at = new Date() } = {}) =>
    signedByStripe(body, isOld ? OLD_SECRET : STRIPE_SECRET, at.getTime()),
  body: (id, members) => checkout({ payment_intent: `pi_${id}`, ...members }, id),
  isTimed: true,
  landed: (id) =>
    `select count(*) from observations where kind = 'purchase' and observation_key = '${id}'`,
  parts: (body) => [body],
  mutations: [
    ...anyBody,
    ...wrongInstants.map((change) =>
      header('stripe-signature', (signed, seed) =>
        signed.replace(/^t=(\d+)/, (_, at: string) => `t=${change(at, seed)}`),
      ),
    ),
    header('stripe-signature', (signed, seed) => swapLetter(signed.replace(/^t=\d+,/, ''), seed)),
    header('stripe-signature', (signed, seed) =>
      signed.replace('v1', ['v0', 'v2', 'V1', 'v1a', ''][seed % 5]!),
    ),
    header('stripe-signature', (signed) => signed.replace(/v1=\w+/, (v1) => v1.toUpperCase())),
    header('stripe-signature', (signed, seed) => `${signed},t=${1 + seed}`),
    header('stripe-signature', (_, seed) => ['', 't=', ',', 'v1=', 't=1,v1=é'][seed % 5]!),
    ({ body }, seed) => signedByStripe(body, `whsec_of_a_forger_${seed}`),
    ({ body }) => {
      const at = Math.floor(Date.now() / 1000);
      const v1 = createHmac('sha256', STRIPE_SECRET).update(body).digest('hex');
      return { method: 'POST', body, headers: { 'stripe-signature': `t=${at},v1=${v1}` } };
    },
  ],
  malformed: fc.oneof(
    noJson,
    fc.nat(250).map((length) => checkout({}).slice(0, length)),
    fc.constantFrom(deep(10_000), checkout({ metadata: 'deep' }).replace('"deep"', deep(10_000))),
    strange.map((value) => json([value])),
    strange.map((value) => json({ type: ['invoice.paid'], created: value, data: value })),
    fc
      .constantFrom(
        { id: '' },
        { amount_total: -1 },
        { amount_total: 'many' },
        { amount_total: 1e300 },
        { currency: 'xxxx' },
        { currency: 'zzz' },
        { payment_status: 'teleported' },
        { customer_details: 7 },
        { metadata: { product: '\u0000' } },
        { customer: null, customer_details: null, payment_intent: null },
      )
      .map((members) => checkout(members)),
    fc
      .constantFrom(1, -1, 4e9, 1e15, 'soon')
      .map((created) => json({ ...JSON.parse(checkout({})), created })),
  ),
  members: ['id', 'amount_total', 'currency', 'customer_details', 'metadata', 'payment_intent'],
};

const OLD_CAL_SECRET = 'the-secret-before-this-one';

export const cal: SignedDoor = {
  name: 'cal',
  env: { CAL_WEBHOOK_SECRET: `${OLD_CAL_SECRET} ${CAL_SECRET}` },
  sign: (_, body, { isOld } = {}) => signedByCal(body, isOld ? OLD_CAL_SECRET : CAL_SECRET),
  body: (id, members) =>
    calEvent('BOOKING_CREATED', { uid: id, more: { additionalNotes: id, ...members } }),
  isTimed: false,
  landed: (id) => `select count(*) from calls where notes = '${id}'`,
  parts: (body) => [body],
  mutations: [
    ...anyBody,
    header('x-cal-signature-256', swapLetter),
    header('x-cal-signature-256', (hex) => hex.toUpperCase().replace(/[A-F]|$/, 'X')),
    header(
      'x-cal-signature-256',
      (_, seed) => ['', 'no-secret-provided', '0', 'é'.normalize('NFC'), '0'.repeat(64)][seed % 5]!,
    ),
    ({ body }, seed) => signedByCal(body, `a forger's secret ${seed}`),
    ({ headers, body }) => ({
      method: 'POST',
      body,
      headers: { 'stripe-signature': headers['x-cal-signature-256']! },
    }),
  ],
  malformed: fc.oneof(
    noJson,
    fc.nat(250).map((length) => calEvent('BOOKING_CREATED').slice(0, length)),
    fc.constantFrom(deep(10_000)),
    strange.map((value) => json([value])),
    strange.map((value) => json({ triggerEvent: ['PING'], createdAt: value, payload: value })),
    fc
      .constantFrom(
        { uid: '' },
        { uid: 'u'.repeat(256) },
        { startTime: 'soon' },
        { startTime: '0001-01-01T00:00:00Z' },
        { endTime: '9999-12-31T00:00:00Z' },
        { attendees: [] },
        { attendees: [{ email: 'nobody' }] },
        { attendees: 7 },
        { rescheduleUid: 7 },
      )
      .map((more) => calEvent('BOOKING_CREATED', { more })),
  ),
  members: ['uid', 'startTime', 'endTime', 'attendees', 'responses', 'additionalNotes'],
};
