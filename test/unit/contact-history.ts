/** Events for tests of the fold: short to write, whole to read. */
import { DAY } from '../../core/durations.ts';
import type { ContactEvent, EventName } from '../../core/status/contact-event.ts';
import { statusHistory } from '../../core/status/history.ts';

export const RULES = { dormant_after_ms: 90 * DAY };

const touches: EventName[] = ['sent', 'attempted', 'contacted'];
const activities: EventName[] = [
  'clicked',
  'replied',
  'booked',
  'call_completed',
  'visited_pricing',
  'downloaded',
  'attended',
  'converted',
  'purchased',
  'receipt',
];

/** One event on a day counted from 0, with the flags that `int_contact_events` gives its kind. */
export const on = (
  day: number,
  event: EventName,
  more: Partial<ContactEvent> = {},
): ContactEvent => ({
  contact_id: 1,
  occurred_at: day * DAY,
  event,
  event_key: `${event}-${day}`,
  detail: '',
  subject: '',
  amount_minor: null,
  runs_until: null,
  is_touch: touches.includes(event) ? 1 : 0,
  is_activity: activities.includes(event) ? 1 : 0,
  ...more,
});

/** The values that a field takes, each with its day. */
export const path = (field: string, events: ContactEvent[]): string[] =>
  statusHistory(events, RULES)
    .filter((change) => change.field === field)
    .map((change) => `${change.occurred_at / DAY} ${change.to_value}`);
