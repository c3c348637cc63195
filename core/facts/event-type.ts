/** Types of email events as mail programs write them (F4). */
import { type EmailEvent, eventTypes } from './fact.ts';

type Stated = Pick<EmailEvent, 'event_type' | 'bounce_type'>;

const spellings: Record<EmailEvent['event_type'], string> = {
  scheduled: 'scheduled',
  sent: 'sent send processed accepted',
  delivered: 'delivered delivery',
  delivery_delayed: 'deliverydelayed deliverydelay delayed deferred deferral temporaryfail',
  opened: 'opened open uniqueopened uniqueopen firstopening',
  clicked: 'clicked click linkclicked linkclick',
  replied: 'replied reply replyreceived responded',
  auto_replied: 'autoreplied autoreply outofoffice ooo',
  bounced: 'bounced bounce',
  complained: 'complained complaint spam spamreport spamcomplaint markedasspam',
  unsubscribed: 'unsubscribed unsubscribe unsub groupunsubscribe optout optedout',
  failed: 'failed fail failure rejected reject',
  suppressed: 'suppressed dropped drop',
};
const bounces = {
  hard: 'hardbounce hardbounced bouncehard permanentbounce permanentfail',
  soft: 'softbounce softbounced bouncesoft transientbounce',
};

const known = new Map<string, Stated>();
for (const event_type of eventTypes)
  for (const name of spellings[event_type].split(' '))
    known.set(name, { event_type, bounce_type: null });
for (const bounce_type of ['hard', 'soft'] as const)
  for (const name of bounces[bounce_type].split(' '))
    known.set(name, { event_type: 'bounced', bounce_type });

/**
 * The type that `text` names, whatever its case, spaces and dashes, with or without `email` before
 * it: `Soft Bounce`, `email.opened`, `spamreport`. A bounce is hard or soft only where it says so.
 * Undefined where no type is known by that name.
 */
export const parseEventType = (text: string): Stated | undefined =>
  known.get(
    text
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/^emails?(?=.)/, ''),
  );
