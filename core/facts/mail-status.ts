/**
 * How far a mail came: the strongest event that it has. What an event implies is always weaker
 * (F4), so implied events need no look-up.
 */
import type { EmailEvent } from './fact.ts';

/** From strong to weak. */
export const mailStatuses: readonly EmailEvent['event_type'][] = [
  'replied',
  'complained',
  'unsubscribed',
  'clicked',
  'opened',
  'bounced',
  'failed',
  'suppressed',
  'auto_replied',
  'delivered',
  'delivery_delayed',
  'sent',
  'scheduled',
];
