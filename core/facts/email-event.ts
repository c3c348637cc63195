/** An email event out of a row: a file's, or a reply that was logged as an interaction (F4, F6). */
import { canonicalJson } from '../canonical-json.ts';
import { hash } from '../hash.ts';
import { type Address, addressText } from './address.ts';
import { isMailSystem } from './automatic-answer.ts';
import { parseEventType } from './event-type.ts';
import { type EmailEvent, eventTypes, type Fact } from './fact.ts';
import { domainOf, recipientDomainGroup } from './mail-domain.ts';
import { type Origin, originKey } from './origin.ts';
import type { Row } from './row.ts';

/**
 * A reply, until the caller states another type; one of a mail system is automatic (F4). A reply
 * without a message answers the last one that the house sent before it (E10).
 */
export function emailEventFact(known: {
  origin: Origin;
  contact: Address;
  occurred_at: number;
  campaign: string | null;
  message_id: string | null;
  event_id: string;
}): EmailEvent {
  const { campaign, origin, ...event } = known;
  return {
    kind: 'email_event',
    ...origin,
    medium: 'email',
    event_type: isMailSystem(known.contact.value) ? 'auto_replied' : 'replied',
    ...event,
    message: {
      created_at: known.occurred_at,
      campaign_id: campaign,
      sequence_version: null,
      step_number: null,
      email_type: null,
      subject: null,
      sending_domain: null,
      recipient_domain_group: null,
    },
    actor: null,
    bounce_type: null,
    link: null,
    user_agent: null,
    http_method: null,
  };
}

export function emailEventFacts(row: Row): Fact[] {
  row.need('contact', 'type', 'occurred_at');
  const stated = (row.text('type') ?? '').replace(/^email\./, '');
  const type = parseEventType(stated);
  if (stated && !type)
    row.errors.push({
      field: 'type',
      message: `type: "${stated}" is none of ${eventTypes.join(', ')}, hard_bounce, soft_bounce`,
    });
  const campaign = row.text('campaign') ?? null;
  if (!row.text('message_id') && !campaign) row.need('message_id');
  if (!type || row.errors.length > 0) return [];
  const contact = row.address('contact')!;
  const occurred_at = row.number('occurred_at')!;
  const version = row.number('version') ?? null;
  const step = row.number('step') ?? null;
  const message_id =
    row.text('message_id') ?? hash(canonicalJson([addressText(contact), campaign, version, step]));
  const { origin } = row.context;
  const event_id =
    row.text('external_id') ??
    hash(canonicalJson([originKey(origin), message_id, stated, occurred_at]));
  const event = emailEventFact({ origin, contact, occurred_at, campaign, message_id, event_id });
  return [
    {
      ...event,
      ...type,
      event_type: type.event_type === 'replied' ? event.event_type : type.event_type,
      message: {
        ...event.message,
        sequence_version: version,
        step_number: step,
        email_type: row.text('email_type') ?? null,
        sending_domain: domainOf(row.text('from') ?? ''),
        recipient_domain_group:
          contact.kind === 'email' ? recipientDomainGroup(contact.value) : null,
      },
      actor: (row.text('actor') as EmailEvent['actor']) ?? null,
    },
  ];
}
