/**
 * The sales document's week (marts.md, 'Known figures') as deliveries: 340 prospects in tiers 25 /
 * 100 / 215, mail to the first 25. Two documents differ in their calls: 2 scheduled and 1
 * completed, or 5 and 3.
 */
import { apiDelivery, type Delivery, instant } from '../../cli/sample/delivery.ts';
import { hardBounce, mailEvent, replyTo, type SampleMessage } from '../../cli/sample/resend.ts';
import { DAY, HOUR, MINUTE } from '../../core/durations.ts';

export const MONDAY = Date.UTC(2026, 10, 9);
/** The Monday after, at noon: the known week is the last complete one. */
export const AS_OF = MONDAY + 7 * DAY + 12 * HOUR;

export type KnownCalls = { scheduled: number; completed: number };
export const documents: KnownCalls[] = [
  { scheduled: 2, completed: 1 },
  { scheduled: 5, completed: 3 },
];

export function knownWeek(calls: KnownCalls): Delivery[] {
  const email = (n: number) => `prospect.${n}@example.com`;
  const added = MONDAY + 8 * HOUR;
  const prospects = Array.from({ length: 340 }, (_, n) =>
    apiDelivery('/api/contacts', `known-${n}`, added, {
      email: email(n),
      full_name: `Prospect ${n}`,
      tier: n < 25 ? 1 : n < 125 ? 2 : 3,
      channel_origin: 'cold_email',
      lead_type: 'cold_email',
      lead_added_at: instant(added),
    }),
  );
  const mail = Array.from({ length: 25 }, (_, n) => messageEvents(n, email(n)));
  const booked = Array.from({ length: calls.scheduled }, (_, n) =>
    callEvents(n, email(n), n < calls.completed),
  );
  return [...prospects, ...mail.flat(), ...booked.flat()];
}

/** The first 8 delivered ones are opened, 3 of them clicked, 2 replied to; the last one bounces. */
function messageEvents(n: number, to: string): Delivery[] {
  const sentAt = MONDAY + DAY + 9 * HOUR + n * MINUTE;
  const message: SampleMessage = {
    id: `known-mail-${n}`,
    to,
    createdAt: sentAt,
    subject: 'What untrained weeks cost',
    campaign: 'known-campaign',
    version: 1,
    step: 1,
    type: 'pain_point',
  };
  const sent = mailEvent(message, 'sent', sentAt, 1);
  if (n === 24) return [sent, mailEvent(message, 'bounced', sentAt + 5_000, 2, hardBounce)];
  const events = [sent, mailEvent(message, 'delivered', sentAt + 5_000, 2)];
  if (n < 8) events.push(mailEvent(message, 'opened', sentAt + HOUR, 3));
  const clickedAt = sentAt + HOUR + MINUTE;
  const click = {
    ipAddress: '192.0.2.10',
    link: 'https://house.example.com/book',
    timestamp: instant(clickedAt),
    userAgent: 'Mozilla/5.0 (Windows NT 10.0; rv:132.0) Gecko/20100101 Firefox/132.0',
  };
  if (n < 3) events.push(mailEvent(message, 'clicked', clickedAt, 4, { click }));
  if (n < 2) events.push(replyTo(message, sentAt + 2 * HOUR));
  return events;
}

/** Booked on Wednesday; held on Friday for 25 minutes, or due on the Tuesday after. */
function callEvents(n: number, contact: string, held: boolean): Delivery[] {
  const bookedAt = MONDAY + 2 * DAY + 10 * HOUR + n * MINUTE;
  const scheduledAt = MONDAY + (held ? 4 : 8) * DAY + 10 * HOUR;
  const booking = {
    contact,
    source: 'manual',
    class: 'booked',
    agent: 'Maya Hollis',
    booked_at: instant(bookedAt),
    scheduled_at: instant(scheduledAt),
    external_id: `known-call-${n}`,
  };
  const first = apiDelivery('/api/calls', `known-call-${n}`, bookedAt, booking);
  if (!held) return [first];
  const completedAt = scheduledAt + 25 * MINUTE;
  return [
    first,
    apiDelivery('/api/calls', `known-call-${n}-done`, completedAt, {
      ...booking,
      started_at: instant(scheduledAt),
      completed_at: instant(completedAt),
      duration_s: 25 * 60,
      outcome: 'interested',
    }),
  ];
}
