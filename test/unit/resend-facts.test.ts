/**
 * Resend's deliveries as facts: whose an event is, what an automatic answer is, what is left out
 * (F4, E3, L4).
 */
import { describe, expect, it } from 'vitest';
import type { EmailEvent, Fact } from '../../core/facts/fact.ts';
import { storable } from '../../workers/ingest/doors/read.ts';
import { facts as read } from '../../workers/ingest/doors/resend/facts.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
/** Without a key nothing is fetched. */
const factsOf = (event: { id: string; body: string }) => read(event, now, {}) as Fact[];
const created_at = '2026-05-01T09:00:00Z';
const facts = (type: string, data: object): Fact[] =>
  storable(
    factsOf({ id: 'e', body: JSON.stringify({ type, created_at: '2026-05-01T09:00:01Z', data }) }),
    now,
  );
const mail = (type: string, data: object = {}): EmailEvent[] =>
  facts(`email.${type}`, {
    email_id: 'm',
    created_at,
    from: 'Us <us@house.example>',
    to: ['ana@example.com'],
    subject: 'Hi',
    ...data,
  }) as EmailEvent[];
const inbound = (data: object = {}): EmailEvent[] =>
  facts('email.received', {
    from: 'ana@x.example',
    to: ['hi@house.example'],
    ...data,
  }) as EmailEvent[];
/** `event id: address` of each fact. */
const whose = (events: EmailEvent[]) =>
  events.map(({ event_id, contact }) => `${event_id}: ${contact.value}`);

describe('a bounce', () => {
  it.each([
    ['Permanent', 'hard'],
    ['Transient', 'soft'],
    ['Undetermined', null],
    ['constructor', null],
    ['__proto__', null],
    [null, null],
  ])('of type %s is %s', (type, bounce_type) =>
    expect(mail('bounced', { bounce: { type } })).toMatchObject([
      { event_type: 'bounced', bounce_type },
    ]),
  );

  it.each([[{}], [{ bounce: null }], [{ bounce: 'hard' }], [{ bounce: { message: '550' } }]])(
    'that tells no kind is neither hard nor soft: %j',
    (data) => expect(mail('bounced', data)).toMatchObject([{ bounce_type: null }]),
  );
});

describe('a mail to several', () => {
  const to = ['Lead <lead@x.example>', 'BOSS@y.example'];
  const [lead, boss] = ['e: lead@x.example', 'e.2: boss@y.example'];

  it.each(['scheduled', 'sent', 'delivered', 'delivery_delayed', 'failed', 'suppressed'])(
    'is told of as %s of each',
    (type) => expect(whose(mail(type, { to }))).toEqual([lead, boss]),
  );

  it.each(['opened', 'clicked'])('is %s by the first', (type) =>
    expect(whose(mail(type, { to }))).toEqual([lead]),
  );

  it('counts who gets a copy, and each address once', () => {
    const more = { to: [...to, 'lead@X.example'], cc: ['boss@y.example'], bcc: 'cy@z.example' };
    expect(whose(mail('sent', more))).toEqual([lead, boss, 'e.3: cy@z.example']);
  });

  it.each([
    [{ diagnosticCode: ['smtp; 550 5.1.1 <boss@y.example> user unknown'] }, [boss]],
    [{ message: '550 no such user Boss@Y.example.' }, [boss]],
    [{ message: 'rfc822;lead@x.example', diagnosticCode: 'to=boss@y.example' }, [lead, boss]],
  ])('bounces for whom its diagnosis names: %j', (bounce, expected) =>
    expect(whose(mail('bounced', { to, bounce }))).toEqual(expected),
  );

  it.each([
    ['bounced', { bounce: { message: 'unknown user' } }],
    ['bounced', { bounce: { message: 'aboss@y.example and boss@y.example.org are unknown' } }],
    ['bounced', {}],
    ['complained', {}],
  ])('that %s waits in quarantine where it does not say whose: %j', (type, data) =>
    expect(() => mail(type, { to, ...data })).toThrow(
      `${type}: names 2 recipients and does not say which of them it is`,
    ),
  );

  it('is nobody’s where it names none, or one that cannot be read', () => {
    expect(() => mail('sent', { to: [] })).toThrow('to: names no recipient');
    expect(() => mail('sent', { to: ['ana@x.example', 'Ana'] })).toThrow('"Ana" is no email');
  });
});

describe('what is left out of a payload', () => {
  const plain = mail('clicked');
  const click = { link: null, userAgent: null, timestamp: null };
  it.each([
    [{ tags: null }],
    [{ tags: 'spring' }],
    [{ tags: [null, 7, { name: null, value: 'x' }] }],
    [{ headers: null }],
    [{ click: null }],
    [{ click }],
    [{ bounce: null, cc: null, bcc: [null] }],
    [{ created_at: undefined, click: { timestamp: '2026-05-01T09:00:01Z' } }],
  ])('is as absent: %j', (data) => {
    const [event] = mail('clicked', data);
    expect({ ...event, message: 0 }).toEqual({ ...plain[0], message: 0 });
  });

  it('leaves a message without a subject and a sender', () =>
    expect(mail('sent', { subject: null, from: null })[0]!.message).toMatchObject({
      subject: null,
      sending_domain: null,
    }));

  it.each([
    [{ campaign: 'spring', step: 2, version: '1' }],
    [
      [
        { name: 'campaign', value: 'spring' },
        { name: 'step', value: '2' },
        { name: 'version', value: 1 },
      ],
    ],
    [
      JSON.parse(
        '{"campaign":"spring","step":"2","version":"1","__proto__":"x","constructor":"y"}',
      ),
    ],
  ])('does not depend on how tags are written: %j', (tags) =>
    expect(mail('sent', { tags })[0]!.message).toMatchObject({
      campaign_id: 'spring',
      step_number: 2,
      sequence_version: 1,
    }),
  );
});

describe('received mail', () => {
  it.each([
    ['a person', {}, 'replied'],
    ['headers with lists', { headers: { received: ['a', 'b'] } }, 'replied'],
    ['not automatic', { headers: { 'Auto-Submitted': 'no', precedence: 'list' } }, 'replied'],
    ['suppresses none', { headers: { 'x-auto-response-suppress': 'None' } }, 'replied'],
    ['a program', { headers: { 'Auto-Submitted': 'auto-replied' } }, 'auto_replied'],
    ['vacation', { headers: [{ name: 'Precedence', value: 'bulk' }] }, 'auto_replied'],
    ['junk', { headers: { precedence: 'JUNK' } }, 'auto_replied'],
    ['auto_reply', { headers: { precedence: 'auto_reply' } }, 'auto_replied'],
    ['x-autoreply', { headers: { 'X-Autoreply': 'yes' } }, 'auto_replied'],
    ['exchange', { headers: { 'X-Auto-Response-Suppress': 'All' } }, 'auto_replied'],
    ['postmaster', { from: 'Post <Postmaster@x.example>', to: ['a+m@h.example'] }, 'auto_replied'],
  ])('of %s: %j is %s', (_, data, event_type) =>
    expect(inbound(data)).toMatchObject([{ event_type }]),
  );

  it('of a mail system that names no message makes nobody', () =>
    expect(() => inbound({ from: 'MAILER-DAEMON@mx.x.example' })).toThrow('is nobody’s'));
});

describe('an instant that the house cannot hold', () => {
  const never = [
    '0001-01-01',
    '1969-12-31',
    '2009-06-01',
    '2045-01-01',
    '9999-12-31',
    '2026-06-03',
  ];
  it.each(never)('%s waits in quarantine, whichever member states it', (day) => {
    const at = `${day}T00:00:00Z`;
    const body = (type: string, data: object, created = at) =>
      storable(
        factsOf({ id: 'e', body: JSON.stringify({ type, created_at: created, data }) }),
        now,
      );
    const data = {
      email_id: 'm',
      to: ['ana@x.example'],
      email: 'ana@x.example',
      unsubscribed: true,
    };
    const fails = (run: () => unknown, field: string) =>
      expect(run).toThrow(new RegExp(`${field}: .*(2010-01-01 to 2040-12-31|day in the future)`));
    fails(() => body('email.sent', data), 'occurred_at');
    fails(() => body('contact.updated', data), 'observed_at');
    fails(() => body('email.sent', { ...data, created_at: at }, created_at), 'created_at');
    const click = { timestamp: at };
    fails(() => body('email.clicked', { ...data, click }, created_at), 'occurred_at');
  });

  it.each([
    ['message.subject', { subject: 'half \ud83d' }],
    ['message_id', { email_id: 'nul\0' }],
    ['message_id', { email_id: 'm'.repeat(501) }],
    ['link', { click: { link: 'https://x.example/\udc00' } }],
  ])('nor a text that cannot be stored: %s', (field, data) =>
    expect(() => mail('sent', data)).toThrow(new RegExp(`${field}: .*(surrogate|500 characters)`)),
  );

  it('a clock that is some hours ahead is forgiven', () =>
    expect(mail('sent', { created_at: '2026-06-01T23:00:00Z' })).toHaveLength(1));
});

describe('Resend’s contacts', () => {
  const told = (type: string, unsubscribed: boolean | null) =>
    facts(type, { email: 'Ana@x.example', unsubscribed, first_name: null });
  it.each(['contact.created', 'contact.updated'])('%s takes people off, never on', (type) => {
    expect(told(type, true)).toMatchObject([
      { contact: { value: 'ana@x.example' }, observation_key: 'e', stated: { unsubscribed: 1 } },
    ]);
    expect(told(type, false)).toEqual([]);
    expect(told(type, null)).toEqual([]);
  });
});
