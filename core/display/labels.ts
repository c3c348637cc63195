/**
 * Codes as words. A code without an entry gets spaces and a capital, so that open lists need no
 * entries.
 */

const words = new Map(
  Object.entries({
    cold_email: 'Cold email',
    linkedin: 'LinkedIn',
    whatsapp: 'WhatsApp',
    sms: 'SMS',
    dm: 'Direct message',
    ebook: 'E-book',
    whatsapp_only: 'WhatsApp only',
    deliberately_skipped: 'Skipped on purpose',
    first: 'First touch',
    last: 'Last touch',
    last_non_direct: 'Last non-direct',
    u_shaped: 'U-shaped',
    w_shaped: 'W-shaped',
    j_shaped: 'J-shaped',
    inverse_j: 'Inverse J',
    markov_1: 'Markov',
    unattributed: 'No touch',
    vip: 'VIP',
    '7 d+': '7+ d',
    external: 'Other id',
    timezone: 'Time zone',
    utm_source: 'UTM source',
    utm_medium: 'UTM medium',
    utm_campaign: 'UTM campaign',
    trial_followup_status: 'Trial follow-up',
  }),
);

/** Words of lower-case letters and digits, separated by `_`. */
const CODE = /^\p{Ll}[\p{Ll}\p{N}]*(_[\p{Ll}\p{N}]+)*$/u;
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * 'Cold email' of `cold_email`, '1–5 min' of `1-5 min`; an empty code is 'Unknown'. Text that is
 * not a code is returned as it is.
 */
export function label(code: string | null | undefined): string {
  if (!code) return 'Unknown';
  const text = CODE.test(code) ? code.replaceAll('_', ' ') : code.replace(/(?<=\d)-(?=\d)/g, '–');
  return words.get(code) ?? capitalised(text);
}

/** Callers who were recorded by email address have hashes as ids (`core/facts/agent.ts`). */
const HASH = /^[0-9a-f]{12}$/;

/**
 * A caller's display name from the published id: 'Ana Silva' for `ana-silva`, 'Caller 3f2a91' for a
 * hash.
 */
export function agentName(id: string): string {
  if (id === 'none') return 'Nobody';
  if (HASH.test(id)) return `Caller ${id.slice(0, 6)}`;
  return id.split('-').map(capitalised).join(' ');
}

/**
 * A campaign's display name from its id, if it has no name: 'Trial follow up' for
 * `trial-follow-up`.
 */
export const campaignName = (id: string): string => label(id.replaceAll('-', '_'));

/** What people do, by the outcome of an interaction or the kind of a score point. */
const deeds = {
  open: 'Opened an email',
  click: 'Clicked a link',
  reply: 'Replied',
  connected: 'Spoke on the phone',
  completion: 'Finished a training',
  purchase: 'Purchased',
  replied: 'Replied',
  booked: 'Booked a call',
  converted: 'Converted',
  complaint: 'Complained',
  referral_given: 'Gave a referral',
  attended: 'Attended an event',
  downloaded: 'Downloaded a file',
  form: 'Filled in a form',
  ebook: 'Downloaded the e-book',
  trial: 'Asked for a trial class',
  mock_test: 'Took a mock test',
  visited_pricing: 'Visited the pricing page',
  logged_in: 'Logged in',
};

/** What happened, as the start of a sentence; `detail` is shown beside it. */
const happenings = new Map(
  Object.entries({
    ...deeds,
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
    inbound_no_response: 'Got in touch',
    inbound_visit: 'Visited the website',
    outbound_no_response: 'Wrote to them, no answer yet',
  }),
);

/**
 * 'Opened the email' for `email_opened`; for an interaction (`inbound_form`), what they did,
 * whichever side began it.
 */
export const happening = (code: string): string =>
  happenings.get(code) ?? happenings.get(code.replace(/^(in|out)bound_/, '')) ?? label(code);
