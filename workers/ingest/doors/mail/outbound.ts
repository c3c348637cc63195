/** An event of a mail that was sent, whichever provider tells it, as the house's fact (F4, E3). */
import { emailEventFact } from '../../../../core/facts/email-event.ts';
import type { EmailEvent } from '../../../../core/facts/fact.ts';
import { domainOf, recipientDomainGroup } from '../../../../core/facts/mail-domain.ts';

/** Who sends the mail says with it which campaign, version, step and type of email it is. */
const whole = (text: string | undefined): number | null =>
  text && /^\d{1,9}$/.test(text) ? Number(text) : null;

/**
 * `address`: of the one recipient whom it concerns, cleaned. `created_at`: of the mail, else of the
 * event. Instants in UTC ms. `tags`: campaign, version, step and email_type, where they are given.
 */
export function outboundEvent(told: {
  provider: string;
  event_id: string;
  event_type: EmailEvent['event_type'];
  occurred_at: number;
  address: string;
  message_id: string | null;
  created_at: number;
  tags: ReadonlyMap<string, string>;
  subject?: string | undefined;
  from?: string | undefined;
}): EmailEvent {
  const { event_type, address, created_at, tags } = told;
  const event = emailEventFact({
    origin: { provider: told.provider },
    contact: { kind: 'email', value: address },
    occurred_at: told.occurred_at,
    campaign: tags.get('campaign') ?? null,
    message_id: told.message_id,
    event_id: told.event_id,
  });
  return {
    ...event,
    event_type,
    message: {
      ...event.message,
      created_at,
      sequence_version: whole(tags.get('version')),
      step_number: whole(tags.get('step')),
      email_type: tags.get('email_type') ?? null,
      subject: told.subject ?? null,
      sending_domain: domainOf(told.from ?? ''),
      recipient_domain_group: recipientDomainGroup(address),
    },
  };
}
