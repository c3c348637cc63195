/**
 * Mail that somebody sent to the house, whichever provider received it: a reply or an automatic
 * answer, to which message, and what it says (F4, E10).
 */
import { parseEmail } from '../../../../core/facts/address.ts';
import { isAutomatic, isMailSystem } from '../../../../core/facts/automatic-answer.ts';
import { emailEventFact } from '../../../../core/facts/email-event.ts';
import type { EmailEvent } from '../../../../core/facts/fact.ts';
import { Fault } from '../../../../core/faults.ts';

export type ReceivedMail = {
  from: string;
  to: readonly string[];
  /** Names in lower case. */
  headers: ReadonlyMap<string, string>;
  /** The whole text (`replyText`), where it is known. */
  text?: string | undefined;
  /** The message that it answers, where the provider knows and the mail itself does not say. */
  answers?: string | undefined;
};

/**
 * The Message-IDs that say which message of the house it is: Resend's ids of messages are UUIDs,
 * SendGrid's stand before the name of one of its mail servers. Any other is none that is known.
 */
const ownIds = [
  /<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i,
  /<([^<>@\s]{1,200})@[^<>@\s]*\bismtpd[^<>@\s]*>/,
];

/** Every Message-ID that the mail says it answers, the one that it answers itself last. */
export const cited = ({ headers }: ReceivedMail): string[] =>
  ['references', 'in-reply-to'].flatMap(
    (name) =>
      headers
        .get(name)
        ?.slice(0, 20_000)
        .match(/<[^<>\s]+>/g) ?? [],
  );

const ownId = (messageId: string): string | undefined =>
  ownIds.map((form) => form.exec(messageId)?.[1]).find(Boolean);

const plusAddress = (address: string): string | undefined => /\+([^@+]+)@/.exec(address)?.[1];

/**
 * The message that a mail answers: the last of ours in In-Reply-To or References, else the
 * plus-address that it was sent to, else null: the writer takes the last message that the house
 * sent to the sender before it (E10).
 */
export const answeredMessage = (mail: ReceivedMail): string | null =>
  cited(mail).reverse().map(ownId).find(Boolean) ??
  mail.to.map(plusAddress).find(Boolean) ??
  mail.answers ??
  null;

/**
 * Throws `Fault('unknown_event')` for a sender that is no address, and for a report of a mail
 * system that names no message: it is nobody's. `received_at`: UTC ms.
 */
export function replyEvent(
  provider: string,
  event_id: string,
  received_at: number,
  mail: ReceivedMail,
): EmailEvent {
  const sender = parseEmail(mail.from);
  if (!sender)
    throw new Fault('unknown_event', `from: "${mail.from.slice(0, 60)}" is no email address`);
  const message_id = answeredMessage(mail);
  if (message_id === null && isMailSystem(sender))
    throw new Fault(
      'unknown_event',
      `${sender} is a mail system and its report names no message, so it is nobody’s`,
    );
  const event = emailEventFact({
    origin: { provider },
    contact: { kind: 'email', value: sender },
    occurred_at: received_at,
    campaign: null,
    message_id,
    event_id,
  });
  return {
    ...event,
    contact_role: 'sender',
    event_type: isAutomatic(sender, mail.headers) ? 'auto_replied' : event.event_type,
    ...(mail.text === undefined ? {} : { text: mail.text }),
  };
}
