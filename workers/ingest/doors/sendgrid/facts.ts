/** What SendGrid tells of the mail that it sent, as facts, or the reason why it cannot be (F4). */
import { parseEmail } from '../../../../core/facts/address.ts';
import type { EmailEvent, Fact } from '../../../../core/facts/fact.ts';
import { Fault } from '../../../../core/faults.ts';
import type { DoorEvent } from '../door.ts';
import { parseJson, read } from '../json.ts';
import { outboundEvent } from '../mail/outbound.ts';
import { named } from '../values.ts';
import { mailEvent, typed } from './payload.ts';

/** SendGrid's name of an event, and the house's. */
const types = new Map<string, EmailEvent['event_type']>([
  ['processed', 'sent'],
  ['deferred', 'delivery_delayed'],
  ['delivered', 'delivered'],
  ['bounce', 'bounced'],
  ['dropped', 'suppressed'],
  ['open', 'opened'],
  ['click', 'clicked'],
  ['spamreport', 'complained'],
  ['unsubscribe', 'unsubscribed'],
  ['group_unsubscribe', 'unsubscribed'],
]);

/**
 * What the house keeps no fact of: only an import or a person lifts an unsubscribe (L6), and the
 * state of the account is nobody's mail.
 */
const passedOver = ['group_resubscribe', 'account_status_change'];

/** A mail that was blocked may go through another time; what is not told is neither (F4). */
const bounceTypes = new Map([
  ['bounce', 'hard'],
  ['blocked', 'soft'],
] as const);

/** The id that the send was answered with: `sg_message_id` adds who handled it, and for whom. */
const messageId = (id: string | undefined): string | null =>
  id?.replace(/\.(recvd|filter).*$/s, '') || null;

/** Throws `Fault('unknown_event')` for a type or a shape that the house does not know. */
export function facts({ id, body }: DoorEvent): Fact[] {
  const told = parseJson(body);
  const { event } = read(typed, told);
  if (passedOver.includes(event)) return [];
  const event_type = types.get(event);
  if (!event_type) throw new Fault('unknown_event', `the house knows no event of type ${event}`);
  const { email, timestamp, sg_message_id, type, ...mail } = read(mailEvent, told);
  const address = parseEmail(email);
  if (!address)
    throw new Fault('unknown_event', `email: "${email.slice(0, 60)}" is no email address`);
  const fact = outboundEvent({
    provider: 'sendgrid',
    event_id: id,
    event_type,
    occurred_at: timestamp,
    address,
    message_id: messageId(sg_message_id),
    created_at: timestamp,
    tags: named.parse(told),
  });
  return [
    {
      ...fact,
      actor: mail.sg_machine_open === 'true' ? 'machine' : null,
      bounce_type: event_type === 'bounced' ? (bounceTypes.get(type as 'bounce') ?? null) : null,
      link: mail.url ?? null,
      user_agent: mail.useragent ?? null,
    },
  ];
}
