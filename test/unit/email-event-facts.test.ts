import { describe, expect, it } from 'vitest';
import { type EmailEvent, eventTypes } from '../../core/facts/fact.ts';
import { recipientDomainGroup } from '../../core/facts/mail-domain.ts';
import { factOf, refusedFields } from './rows.ts';

const row = {
  contact: 'a@b.c',
  campaign: 'spring',
  step: 1,
  type: 'opened',
  occurred_at: '2026-02-01T10:00:00Z',
};
const event = (more: Record<string, unknown> = {}) =>
  factOf('email-events', { ...row, ...more }) as EmailEvent;

describe('an email-event row (F4)', () => {
  it.each([
    ['hard_bounce', 'bounced', 'hard'],
    ['soft bounce', 'bounced', 'soft'],
    ['Soft-Bounce', 'bounced', 'soft'],
    ['HardBounce', 'bounced', 'hard'],
    ['bounced', 'bounced', null],
    ['bounce', 'bounced', null],
    ['email.bounced', 'bounced', null],
    ['email.delivered', 'delivered', null],
    ['Processed', 'sent', null],
    ['emailsSent', 'sent', null],
    ['deferred', 'delivery_delayed', null],
    ['open', 'opened', null],
    ['click', 'clicked', null],
    ['spamreport', 'complained', null],
    ['unsubscribe', 'unsubscribed', null],
    ['dropped', 'suppressed', null],
    ['out of office', 'auto_replied', null],
  ])('of type %s is %s, %s', (type, event_type, bounce_type) => {
    expect(event({ type })).toMatchObject({ event_type, bounce_type });
  });

  it.each(eventTypes)('knows its own type %s', (type) => {
    expect(event({ type })).toMatchObject({ event_type: type, bounce_type: null });
  });

  it('of a mail system is an automatic answer, whatever the file calls it', () => {
    const [type, contact] = ['replied', 'Mailer-Daemon@mx.example'];
    expect(event({ type, contact }).event_type).toBe('auto_replied');
    expect(event({ type }).event_type).toBe('replied');
  });

  it('without ids belongs to its person and step’s message, and repeats count once', () => {
    expect(event({ type: 'sent' }).message_id).toBe(event().message_id);
    expect(event({ step: 2 }).message_id).not.toBe(event().message_id);
    expect(event({ contact: ' A@b.c' }).event_id).toBe(event().event_id);
    expect(event({ occurred_at: '2026-02-01T10:00:01Z' }).event_id).not.toBe(event().event_id);
  });

  it('keeps of its addresses who sends and whose mailbox receives, no more (R12)', () => {
    const told = (more: Record<string, unknown>) => {
      const { sending_domain, recipient_domain_group } = event(more).message;
      return [sending_domain, recipient_domain_group];
    };
    expect(told({ from: 'The house <hello@Mail.House.example>' })).toEqual([
      'mail.house.example',
      'corporate',
    ]);
    expect(told({ from: 'mail.house.example', contact: 'ana@GoogleMail.com' })).toEqual([
      'mail.house.example',
      'gmail',
    ]);
    expect(told({ from: 'the house', contact: 'crm-17' })).toEqual([null, null]);
  });

  it.each([
    ['ana@gmail.com', 'gmail'],
    ['Ana Silva <ana@hotmail.co.uk>', 'outlook'],
    ['ana@live.com.au', 'outlook'],
    ['ana@yahoo.com.br', 'yahoo'],
    ['ana@icloud.com', 'apple'],
    ['ana@gmx.de', 'other_free'],
    ['ana@bigpond.net.au', 'other_free'],
    ['ana@notgmail.com', 'corporate'],
    ['ana@mail.gmail.com.example', 'corporate'],
    ['ana', null],
  ])('of %s is the group %s', (address, group) =>
    expect(recipientDomainGroup(address)).toBe(group),
  );

  it.each(['read', 'constructor', '__proto__', 'group_resubscribe'])('refuses type %s', (type) => {
    expect(refusedFields('email-events', { ...row, type })).toEqual(['type']);
  });

  it('refuses an event of no message', () => {
    expect(refusedFields('email-events', { ...row, campaign: '' })).toEqual(['message_id']);
  });
});
