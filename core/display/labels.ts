/** Codes as words. A code without an entry is written with spaces and one capital, so that open lists need none. */

const words: Record<string, string> = {
  cold_email: 'Cold email',
  linkedin: 'LinkedIn',
  whatsapp: 'WhatsApp',
  sms: 'SMS',
  dm: 'Direct message',
  facebook_ad: 'Facebook ad',
  ebook: 'E-book',
  closed_won: 'Closed won',
  closed_lost: 'Closed lost',
  whatsapp_only: 'WhatsApp only',
  deliberately_skipped: 'Skipped on purpose',
  never_called: 'Never called',
  first: 'First touch',
  last: 'Last touch',
  linear: 'Linear',
  last_non_direct: 'Last non-direct',
  u_shaped: 'U-shaped',
  w_shaped: 'W-shaped',
  j_shaped: 'J-shaped',
  inverse_j: 'Inverse J',
  markov_1: 'Markov',
  time_decay: 'Time decay',
  unattributed: 'No touch',
  vip: 'VIP',
  none: 'None',
};

/** 'Cold email' of `cold_email`; an empty code is 'Unknown'. */
export function label(code: string | null | undefined): string {
  if (!code) return 'Unknown';
  if (words[code]) return words[code];
  const text = code.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What happened, as a short sentence start; `detail` is told beside it. */
const happenings: Record<string, string> = {
  lead_added: 'Became a lead',
  email_scheduled: 'Email scheduled',
  email_sent: 'Email sent',
  email_delivered: 'Email delivered',
  email_delivery_delayed: 'Email delayed',
  email_opened: 'Opened the email',
  email_clicked: 'Clicked a link',
  email_replied: 'Replied by email',
  email_auto_replied: 'Automatic answer',
  email_bounced: 'Email bounced',
  email_complained: 'Marked as spam',
  email_unsubscribed: 'Unsubscribed',
  email_failed: 'Email failed',
  email_suppressed: 'Email suppressed',
  call_booked: 'Booked a call',
  call_attempted: 'Call attempted',
  call_connected: 'Spoke on the phone',
  call_voicemail: 'Reached voicemail',
  call_skipped: 'Call skipped on purpose',
  call_completed: 'Call completed',
  call_cancelled: 'Call cancelled',
  purchase: 'Purchased',
  receipt: 'Subscription payment',
  refund: 'Refunded',
  training_completed: 'Finished the training',
  suppression: 'Mailing stopped',
  status_change: 'Status',
  stage_change: 'Stage',
  enrolled: 'Enrolled in a campaign',
};

/** 'Opened the email' of `email_opened`. */
export const happening = (code: string): string => happenings[code] ?? label(code);
