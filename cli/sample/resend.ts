/**
 * Resend's webhook payloads for a message (shapes of its published OpenAPI). Instants are UTC
 * milliseconds.
 */
import { DAY } from '../../core/durations.ts';
import { type Delivery, instant } from './delivery.ts';

export type SampleMessage = {
  id: string;
  to: string;
  createdAt: number;
  subject: string;
  campaign: string;
  version: number;
  step: number;
  type: string;
};

const HOUSE = 'hello@house.example.com';
/** Cold email is sent from a domain of its own, so that its reputation does not affect the rest. */
const COLD = 'hello@outreach.example.com';

/** One event of an outbound message; `nth` distinguishes the events of one message. */
export function mailEvent(
  message: SampleMessage,
  type: string,
  at: number,
  nth: number,
  more: Record<string, unknown> = {},
): Delivery {
  const data = {
    email_id: message.id,
    created_at: instant(message.createdAt),
    from: `The training house <${message.campaign.startsWith('cold') ? COLD : HOUSE}>`,
    to: [message.to],
    subject: message.subject,
    tags: {
      campaign: message.campaign,
      version: String(message.version),
      step: String(message.step),
      email_type: message.type,
    },
    ...more,
  };
  const payload = { type: `email.${type}`, created_at: instant(at), data };
  return { door: 'webhook', at, svixId: `msg_${message.id}_${nth}`, payload };
}

/** A reply arrives as received email; its plus-address names the message that it answers (E10). */
export function replyTo(message: SampleMessage, at: number): Delivery {
  const data = {
    email_id: `${message.id}-reply`,
    created_at: instant(at),
    from: message.to,
    to: [HOUSE.replace('@', `+${message.id}@`)],
    cc: [],
    bcc: [],
    subject: `Re: ${message.subject}`,
    message_id: `<${message.id}-reply@example.com>`,
    attachments: [],
  };
  return {
    door: 'webhook',
    at,
    svixId: `msg_${message.id}_reply`,
    payload: { type: 'email.received', created_at: instant(at), data },
  };
}

/** An unsubscribe is a contact that changed. */
export function unsubscribed(email: string, key: string, at: number): Delivery {
  const data = {
    id: key,
    email,
    created_at: instant(at - DAY),
    updated_at: instant(at),
    unsubscribed: true,
  };
  return {
    door: 'webhook',
    at,
    svixId: `msg_${key}_left`,
    payload: { type: 'contact.updated', created_at: instant(at), data },
  };
}

export const hardBounce = {
  bounce: {
    type: 'Permanent',
    subType: 'NoEmail',
    message: 'The address does not exist',
    diagnosticCode: ['smtp; 550 5.1.1 user unknown'],
  },
};
export const softBounce = {
  bounce: {
    type: 'Transient',
    subType: 'MailboxFull',
    message: 'The mailbox is full',
    diagnosticCode: ['smtp; 452 4.2.2 mailbox full'],
  },
};
