/** How far a mail came: the strongest event that it has (F4). */
import type { EmailEvent } from './fact.ts';

/** From strong to weak, each with the column that holds its first instant. */
export const mailLadder: readonly [status: EmailEvent['event_type'], column: string][] = [
  ['replied', 'replied_at'],
  ['complained', 'complained_at'],
  ['unsubscribed', 'unsubscribed_at'],
  ['clicked', 'clicked_at'],
  ['opened', 'opened_at'],
  ['bounced', 'bounced_at'],
  ['failed', 'failed_at'],
  ['suppressed', 'suppressed_at'],
  ['auto_replied', 'auto_replied_at'],
  ['delivered', 'delivered_at'],
  ['delivery_delayed', 'delayed_at'],
  ['sent', 'sent_at'],
];

/** Every status of a mail; of one that nothing has become of yet the last. */
export const mailStatuses = [...mailLadder.map(([status]) => status), 'scheduled'] as const;
