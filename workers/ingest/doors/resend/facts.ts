/**
 * What Resend tells, as facts, or the reason why it cannot be.
 * Home of E3.
 */
import { parseEmail } from '../../../../core/facts/address.ts';
import { isAutomatic, isMailSystem } from '../../../../core/facts/automatic-answer.ts';
import { emailEventFact } from '../../../../core/facts/email-event.ts';
import { type EmailEvent, eventTypes, type Fact } from '../../../../core/facts/fact.ts';
import { domainOf, recipientDomainGroup } from '../../../../core/facts/mail-domain.ts';
import type { Origin } from '../../../../core/facts/origin.ts';
import { Fault } from '../../../../core/faults.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';
import {
  contact,
  envelope,
  type Outbound,
  outbound,
  type Received,
  type ResendContact,
  received,
} from './payload.ts';
import { type Recipient, recipientsConcerned } from './recipients.ts';

const origin: Origin = { provider: 'resend' };

/** Throws `Fault('unknown_event')` for a type or a shape that the house does not know. */
export function facts({ id, body }: DoorEvent): Fact[] {
  const { type, created_at, data } = read(envelope, parseJson(body));
  if (type === 'contact.created' || type === 'contact.updated')
    return unsubscribe(id, created_at, read(contact, data));
  if (type === 'email.received') return [reply(id, created_at, read(received, data))];
  const event_type = type.replace(/^email\./, '') as EmailEvent['event_type'];
  if (!type.startsWith('email.') || !eventTypes.includes(event_type))
    throw new Fault('unknown_event', `the house knows no event of type ${type}`);
  const mail = read(outbound, data);
  return recipientsConcerned(event_type, mail).map((recipient) =>
    mailEvent(`${id}${recipient.suffix}`, event_type, created_at, mail, recipient),
  );
}

/** Resend's types of a bounce; what it could not determine is neither hard nor soft (F4). */
const bounceTypes = new Map([
  ['Permanent', 'hard'],
  ['Transient', 'soft'],
] as const);

/**
 * The instant is the provider's own: the click's, else the event's; the message's is its creation
 * (E3).
 */
function mailEvent(
  event_id: string,
  event_type: EmailEvent['event_type'],
  at: number,
  data: Outbound,
  { address }: Recipient,
): Fact {
  const tag = (name: string): string | null => data.tags.get(name) ?? null;
  const event = emailEventFact({
    origin,
    contact: { kind: 'email', value: address },
    occurred_at: data.click?.timestamp ?? at,
    campaign: tag('campaign'),
    message_id: data.email_id,
    event_id,
  });
  return {
    ...event,
    event_type,
    message: {
      ...event.message,
      created_at: data.created_at ?? at,
      sequence_version: whole(tag('version')),
      step_number: whole(tag('step')),
      email_type: tag('email_type'),
      subject: data.subject ?? null,
      sending_domain: domainOf(data.from ?? ''),
      recipient_domain_group: recipientDomainGroup(address),
    },
    bounce_type: bounceTypes.get(data.bounce?.type as 'Permanent') ?? null,
    link: data.click?.link ?? null,
    user_agent: data.click?.userAgent ?? null,
  };
}

const whole = (text: string | null): number | null =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : null;

/**
 * Resend's ids of messages are UUIDs; a Message-ID of another form is none that the house knows.
 */
const ownMessage = /<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/gi;

/**
 * The message that a reply answers: the last of ours in In-Reply-To or References, else the
 * plus-address that it was sent to, else null: the writer takes the last message that the house
 * sent to the sender before it (E10).
 */
function answeredMessage({ to, headers }: Received): string | null {
  const ids = ['references', 'in-reply-to'].flatMap((wanted) => {
    const [, value = ''] = [...headers].find(([name]) => name.toLowerCase() === wanted) ?? [];
    return [...value.matchAll(ownMessage)];
  });
  return (
    ids.at(-1)?.[1] ?? to.map((address) => /\+([^@+]+)@/.exec(address)?.[1]).find(Boolean) ?? null
  );
}

function reply(event_id: string, at: number, data: Received): Fact {
  const sender = emailOf(data.from);
  const message_id = answeredMessage(data);
  if (message_id === null && isMailSystem(sender))
    throw new Fault(
      'unknown_event',
      `${sender} is a mail system and its report names no message, so it is nobody’s`,
    );
  const event = emailEventFact({
    origin,
    contact: { kind: 'email', value: sender },
    occurred_at: at,
    campaign: null,
    message_id,
    event_id,
  });
  const answer: Fact = { ...event, contact_role: 'sender' };
  return isAutomatic(sender, data.headers) ? { ...answer, event_type: 'auto_replied' } : answer;
}

/** Resend's audience only ever takes people off here: an import or a person puts them on (L6). */
function unsubscribe(observation_key: string, observed_at: number, data: ResendContact): Fact[] {
  if (!data.unsubscribed) return [];
  const who = { kind: 'email' as const, value: emailOf(data.email) };
  return [
    {
      kind: 'contact',
      ...origin,
      contact: who,
      identities: [who],
      thing_key: `email:${who.value}`,
      observation_key,
      observed_at,
      stated: { unsubscribed: 1 },
    },
  ];
}

function emailOf(text: string): string {
  const value = parseEmail(text);
  if (!value) throw new Fault('unknown_event', `"${text.slice(0, 60)}" is no email address`);
  return value;
}
