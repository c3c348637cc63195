/**
 * What Resend tells, as facts, or the reason why it cannot be.
 * Home of E3.
 */
import { parseEmail } from '../../../../core/facts/address.ts';
import { type EmailEvent, eventTypes, type Fact } from '../../../../core/facts/fact.ts';
import { Fault } from '../../../../core/faults.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';
import { outboundEvent } from '../mail/outbound.ts';
import {
  contact,
  envelope,
  type Outbound,
  outbound,
  type ResendContact,
  received,
} from './payload.ts';
import { type Fetching, receivedFacts } from './received.ts';
import { type Recipient, recipientsConcerned } from './recipients.ts';

const provider = 'resend';

/** Types of other things than mail: domains, contacts that are deleted, whatever is to come. */
const ofNoMail = /^(?!email\.)[a-z_]+\.[a-z_.]+$/;

/**
 * Throws `Fault('unknown_event')` for a type or a shape of mail that the house does not know, and
 * `source_busy` or `source_refused` where a received mail cannot be fetched.
 */
export function facts(
  { id, body }: DoorEvent,
  _now: number,
  secrets: Fetching,
): Fact[] | Promise<Fact[]> {
  const { type, created_at, data } = read(envelope, parseJson(body));
  if (type === 'contact.created' || type === 'contact.updated')
    return unsubscribe(id, created_at, read(contact, data));
  if (ofNoMail.test(type)) return [];
  if (type === 'email.received')
    return receivedFacts({ id, at: created_at, told: read(received, data) }, secrets);
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

/** The instant is the click's own, else the event's. */
const mailEvent = (
  event_id: string,
  event_type: EmailEvent['event_type'],
  at: number,
  { email_id, created_at, subject, from, tags, bounce, click }: Outbound,
  { address }: Recipient,
): Fact => ({
  ...outboundEvent({
    provider,
    event_id,
    event_type,
    occurred_at: click?.timestamp ?? at,
    address,
    message_id: email_id,
    created_at: created_at ?? at,
    tags,
    subject,
    from,
  }),
  bounce_type: bounceTypes.get(bounce?.type as 'Permanent') ?? null,
  link: click?.link ?? null,
  user_agent: click?.userAgent ?? null,
});

/** Resend's audience only ever takes people off here: an import or a person puts them on (L6). */
function unsubscribe(observation_key: string, observed_at: number, data: ResendContact): Fact[] {
  if (!data.unsubscribed) return [];
  const who = { kind: 'email' as const, value: emailOf(data.email) };
  return [
    {
      kind: 'contact',
      provider,
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
