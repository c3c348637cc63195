/** SendGrid's events as facts: their types, whose they are, and what is left out (F4, F5, E3). */
import { describe, expect, it } from 'vitest';
import type { EmailEvent } from '../../core/facts/fact.ts';
import { storable } from '../../workers/ingest/doors/read.ts';
import { facts as factsOf } from '../../workers/ingest/doors/sendgrid/facts.ts';
import { sendGridEvent } from '../signed-by-sendgrid.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const events = (event: string, members: object = {}): EmailEvent[] =>
  storable(
    factsOf({ id: 'e', body: JSON.stringify(sendGridEvent(event, members)) }),
    now,
  ) as EmailEvent[];

it('an event is of its recipient’s message, with what its sender said of it', () => {
  expect(events('delivered')).toMatchObject([
    {
      event_id: 'e',
      provider: 'sendgrid',
      medium: 'email',
      event_type: 'delivered',
      message_id: 'm1',
      contact: { kind: 'email', value: 'ana@example.com' },
      occurred_at: Date.parse('2026-03-01T10:00:01Z'),
      message: {
        campaign_id: 'spring',
        sequence_version: 1,
        step_number: 2,
        email_type: 'pain_point',
        recipient_domain_group: 'corporate',
      },
    },
  ]);
});

it.each([
  ['processed', {}, 'sent', null],
  ['deferred', { attempt: '3' }, 'delivery_delayed', null],
  ['bounce', { type: 'bounce' }, 'bounced', 'hard'],
  ['bounce', { type: 'blocked' }, 'bounced', 'soft'],
  ['bounce', {}, 'bounced', null],
  ['bounce', { type: ['bounce'] }, 'bounced', null],
  ['bounce', { type: '__proto__' }, 'bounced', null],
  ['dropped', { reason: 'Bounced Address', type: 'bounce' }, 'suppressed', null],
  ['open', {}, 'opened', null],
  ['spamreport', {}, 'complained', null],
  ['unsubscribe', {}, 'unsubscribed', null],
  ['group_unsubscribe', { asm_group_id: 10 }, 'unsubscribed', null],
])('%s %j is %s', (event, members, event_type, bounce_type) =>
  expect(events(event, members)).toMatchObject([{ event_type, bounce_type }]),
);

it('an open that SendGrid calls a machine’s is one, and every other is judged by signals', () => {
  const actors = [true, 'true', false, null, undefined, 1].map(
    (sg_machine_open) => events('open', { sg_machine_open })[0]!.actor,
  );
  expect(actors).toEqual(['machine', 'machine', null, null, null, null]);
});

it('a click says where it went and with what', () => {
  expect(events('click', { url: 'https://x.example/p', useragent: 'Mozilla/5.0' })).toMatchObject([
    { event_type: 'clicked', link: 'https://x.example/p', user_agent: 'Mozilla/5.0' },
  ]);
});

describe('a message’s id', () => {
  it.each([
    ['zQ4-a_b.recvd-6f5c-1-66B0F2A1-3.0', 'zQ4-a_b'],
    ['14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0', '14c5d75ce93.dfd.64b469'],
    ['14c5.dfd.filterdrecv-p3mdw1.0', '14c5.dfd'],
    ['plain', 'plain'],
    [undefined, null],
    ['', null],
  ])('of %s is %s', (sg_message_id, message_id) =>
    expect(events('delivered', { sg_message_id })).toMatchObject([{ message_id }]),
  );
});

it('a bounce that comes late is of the last message to that address', () => {
  expect(events('bounce', { sg_message_id: undefined, type: 'bounce' })).toMatchObject([
    { message_id: null, event_type: 'bounced', bounce_type: 'hard' },
  ]);
});

it.each([['group_resubscribe'], ['account_status_change']])('%s says nothing of ours', (event) =>
  expect(events(event)).toEqual([]),
);

it.each([
  ['an unknown type', 'teleported', {}],
  ['nobody', 'open', { email: 'nobody' }],
  ['no address', 'open', { email: undefined }],
  ['no instant', 'open', { timestamp: undefined }],
  ['words for an instant', 'open', { timestamp: 'soon' }],
  ['an instant that no calendar has', 'open', { timestamp: 1 }],
  ['milliseconds', 'open', { timestamp: 1_772_359_201_000 }],
  ['half a second', 'open', { timestamp: 1_772_359_201.5 }],
])('%s waits in quarantine', (_, event, members) =>
  expect(() => events(event, members)).toThrow(expect.objectContaining({ code: 'unknown_event' })),
);
