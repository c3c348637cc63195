/** Whom an event of a mail concerns: a mail to several is one message for each of them (F4). */
import { parseEmail } from '../../../../core/facts/address.ts';
import type { EmailEvent } from '../../../../core/facts/fact.ts';
import { Fault } from '../../../../core/faults.ts';
import type { Outbound } from './payload.ts';

export type Recipient = {
  /** Cleaned. */
  address: string;
  /**
   * What makes the id of the delivery an id of its event for this recipient; empty for the first.
   */
  suffix: string;
};

/** One person's doing: of several it is taken for the first's. */
const doings: readonly EmailEvent['event_type'][] = ['opened', 'clicked'];
/** What stops all mail to an address must name it. */
const stops: readonly EmailEvent['event_type'][] = ['bounced', 'complained', 'unsubscribed'];

/**
 * Those of the recipients of whom the event is told: all of them, the first of an open or click,
 * whom its diagnosis names of a bounce. Throws `Fault('unknown_event')` where nobody is named,
 * where an address cannot be read, and where a bounce or complaint of several does not say whose it
 * is.
 */
export function recipientsConcerned(
  event_type: EmailEvent['event_type'],
  mail: Outbound,
): Recipient[] {
  const named = [...new Set([...mail.to, ...mail.cc, ...mail.bcc].map(readable))];
  const recipients = named.map((address, n) => ({ address, suffix: n === 0 ? '' : `.${n + 1}` }));
  if (recipients.length === 0) throw new Fault('unknown_event', 'to: names no recipient');
  if (recipients.length === 1) return recipients;
  if (doings.includes(event_type)) return recipients.slice(0, 1);
  const diagnosed = addressesIn([mail.bounce, mail.suppressed].flatMap(textOf).join(' '));
  const concerned = recipients.filter(({ address }) => diagnosed.has(address));
  if (concerned.length > 0) return concerned;
  if (stops.includes(event_type))
    throw new Fault(
      'unknown_event',
      `${event_type}: names ${recipients.length} recipients and does not say which of them it is`,
    );
  return recipients;
}

const textOf = (diagnosis: Outbound['bounce']): string[] =>
  diagnosis ? [diagnosis.message ?? '', ...diagnosis.diagnosticCode] : [];

/** Every address that stands in a diagnosis, such as `smtp; 550 5.1.1 <ana@x.example> unknown`. */
const addressesIn = (text: string): Set<string> =>
  new Set(
    (text.match(/[^\s<>()[\]"',;:=]+@[^\s<>()[\]"',;:=]+/g) ?? []).flatMap(
      (word) => parseEmail(word.replace(/\.+$/, '')) ?? [],
    ),
  );

function readable(text: string): string {
  const address = parseEmail(text);
  if (!address) throw new Fault('unknown_event', `to: "${text.slice(0, 60)}" is no email address`);
  return address;
}
