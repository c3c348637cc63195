/** The input of P5's fold: one event of one contact, as `int_contact_events` lists it. */
export type EventName =
  | 'added'
  | 'mail'
  | 'sent'
  | 'opened'
  | 'clicked'
  | 'replied'
  | 'call'
  | 'attempted'
  | 'booked'
  | 'call_completed'
  | 'proposal_sent'
  | 'closed_won'
  | 'visited_pricing'
  | 'downloaded'
  | 'attended'
  | 'converted'
  | 'referral_given'
  | 'interaction'
  | 'purchased'
  | 'receipt'
  | 'refunded'
  | 'completed'
  | 'unsubscribed'
  | 'suppressed'
  | 'enrolled'
  | 'stated'
  | 'stated_status'
  | 'stated_stage'
  | 'contacted';

export type ContactEvent = {
  contact_id: number;
  /** UTC milliseconds. */
  occurred_at: number;
  event: EventName;
  /**
   * Identifies the event; with the instant and the type, it orders the history whatever the order
   * of arrival (G1).
   */
  event_key: string;
  /**
   * The email type of an email, the reason of an unsubscribe, the value of a stated status or
   * stage; else empty.
   */
  detail: string;
  /**
   * A receipt's subscription (product and currency), or the purchase that a refund or completion
   * names; else empty.
   */
  subject: string;
  /** Minor units; a refund's is negative. */
  amount_minor: number | null;
  /**
   * Until when a receipt's subscription runs if no other receipt follows (F8), in UTC milliseconds.
   */
  runs_until: number | null;
  /** Outbound, and inbound or two-way by a human (L1). */
  is_touch: number;
  is_activity: number;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The one order of a contact's events: instant, key, event. */
export const inOrder = (a: ContactEvent, b: ContactEvent): number =>
  a.occurred_at - b.occurred_at ||
  compareText(a.event_key, b.event_key) ||
  compareText(a.event, b.event);
