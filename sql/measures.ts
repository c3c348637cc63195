/** The amounts that a mart sums from several kinds of fact, in the order of their columns. */
export const measures = {
  daily: [
    'leads_added',
    'emails_sent',
    'delivered',
    'failed',
    'bounced',
    'opened',
    'opened_human',
    'clicked',
    'clicked_human',
    'replied',
    'calls_booked',
    'dials',
    'connected',
    'talk_s',
    'calls_completed',
    'first_purchases',
    'purchases',
    'revenue',
    'other_currency_purchases',
  ],
} as const;

/** Throws where there is no such list. */
export function measuresOf(list: string): readonly string[] {
  if (!(list in measures)) throw new Error(`unknown list of measures ${list}`);
  return measures[list as keyof typeof measures];
}
