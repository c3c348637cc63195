/**
 * The messages that the marts of mail count, as published rows: which they are, and what is
 * counted.
 */
import { has } from '../../../rows-behind.ts';

/** A message counts on the day it was sent, or on the day it was made where it never was. */
export const sentDay = 'coalesce(t.sent_day, t.created_day)';
export const wentOut = '(t.sent_at is not null or t.failed_at is not null)';

export const messageCounts = {
  delivered: has('delivered'),
  failed: has('failed'),
  bounced: has('bounced'),
  opened: has('opened'),
  opened_human: has('opened_human'),
  clicked: has('clicked'),
  clicked_human: has('clicked_human'),
  replied: has('replied'),
};
