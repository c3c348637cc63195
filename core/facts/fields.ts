/** The canonical headers of every kind of row: CSV columns and JSON members, and their values. */
import { lifecycleStatuses } from '../status/lifecycle.ts';
import { salesStages } from '../status/pipeline.ts';
import { callProviders } from './origin.ts';

export type FieldType =
  | 'text'
  | 'code'
  | 'instant'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'flag'
  | 'list'
  | 'codes'
  | 'address'
  | 'email'
  | 'phone'
  | 'external'
  | 'id'
  | 'zone'
  | 'json'
  | 'rules';

/** `column`: what the value states; absent where the kind's own parser gives it its meaning. */
export type Field = { type: FieldType; column?: string; choices?: readonly (string | number)[] };
export type Fields = Record<string, Field>;

export const rowKinds = [
  'contacts',
  'interactions',
  'calls',
  'purchases',
  'email-events',
  'campaigns',
  'enrolments',
  'sequences',
  'ad-spend',
] as const;
export type RowKind = (typeof rowKinds)[number];

const text = (column?: string): Field => ({ type: 'text', ...(column ? { column } : {}) });
const code = (column: string, choices?: readonly string[]): Field => ({
  type: 'code',
  column,
  ...(choices ? { choices } : {}),
});
const instant = (column?: string): Field => ({ type: 'instant', ...(column ? { column } : {}) });
const address: Field = { type: 'address' };
/** What names a thing, not a person. */
const id: Field = { type: 'id' };
const named = (make: (column: string) => Field, ...names: string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, make(name)]));

const directions = ['inbound', 'outbound'] as const;

const contacts: Fields = {
  external_id: { type: 'external' },
  email: { type: 'email' },
  phone: { type: 'phone' },
  ...named(text, 'full_name', 'company', 'role', 'industry', 'country'),
  timezone: { type: 'zone', column: 'timezone' },
  ...named(code, 'channel_origin', 'lead_type'),
  ...named(text, 'offer', 'term', 'year_level'),
  tier: { type: 'integer', column: 'tier', choices: [1, 2, 3] },
  lead_added_at: instant('lead_added_at'),
  assigned_to: text('assigned_to'),
  tags: { type: 'list', column: 'tags' },
  notes: text('notes'),
  next_action: text('next_action'),
  next_action_at: instant('next_action_at'),
  deal_value: { type: 'money', column: 'deal_value_minor' },
  lead_status: code('lead_status', lifecycleStatuses),
  vip: { type: 'flag', column: 'vip_by_hand' },
  unsubscribed: { type: 'flag', column: 'unsubscribed' },
  sales_stage: code('sales_stage', salesStages),
  last_contact_at: instant('last_contact_at'),
  lead_score: { type: 'decimal', column: 'stated_lead_score' },
  trial_followup_status: text('trial_followup_status'),
  utm_source: code('utm_source'),
  ...named(text, 'utm_medium', 'utm_campaign'),
  attributes: { type: 'json' },
  observed_at: instant(),
};

export const interactionChannels = [
  'email',
  'call',
  'sms',
  'dm',
  'linkedin',
  'event',
  'support',
  'referral',
  'web',
  'whatsapp',
] as const;
export const interactionOutcomes = [
  'no_response',
  'replied',
  'booked',
  'converted',
  'complaint',
  'referral_given',
  'attended',
  'downloaded',
  'form',
  'ebook',
  'trial',
  'mock_test',
  'visited_pricing',
  'logged_in',
] as const;

/** From weak to strong: of two that are stated of one instant the stronger holds (G6). */
export const purchaseStatuses = ['enrolled', 'in_progress', 'dropped', 'completed'] as const;
export const campaignStatuses = ['draft', 'active', 'paused', 'complete'] as const;
export const enrolmentStatuses = ['active', 'completed', 'unsubscribed', 'converted'] as const;

const interactions: Fields = {
  contact: address,
  occurred_at: instant('occurred_at'),
  channel: code('channel', interactionChannels),
  direction: code('direction', directions),
  outcome: code('outcome', interactionOutcomes),
  campaign: text('campaign_id'),
  initiated_by: code('initiated_by', ['automated', 'orchestrator', 'manager', 'self']),
  utm_source: code('utm_source'),
  ...named(text, 'utm_medium', 'utm_campaign', 'summary'),
  external_id: id,
  observed_at: instant(),
};

const calls: Fields = {
  contact: address,
  ...named(instant, 'booked_at', 'scheduled_at', 'started_at', 'completed_at', 'cancelled_at'),
  direction: code('direction', directions),
  duration_s: { type: 'integer', column: 'duration_s' },
  recorded: { type: 'flag', column: 'recorded' },
  recording_url: text('recording_url'),
  agent: text('agent'),
  source: { type: 'code', choices: [...callProviders, 'manual'] },
  class: code('class', ['done', 'voicemail', 'connected', 'booked', 'no_call']),
  outcome: code('outcome', [
    'interested',
    'not_interested',
    'follow_up',
    'proposal_sent',
    'closed_won',
    'closed_lost',
  ]),
  objections: { type: 'codes', column: 'objections' },
  ...named(text, 'next_steps', 'notes'),
  external_id: id,
  observed_at: instant(),
};

const purchases: Fields = {
  contact: address,
  purchased_at: instant('purchased_at'),
  product: text('product_name'),
  kind: code('kind', ['one_off', 'subscription', 'refund']),
  amount: { type: 'money', column: 'amount_minor' },
  currency: text('currency'),
  status: code('status', purchaseStatuses),
  completed_at: instant('completed_at'),
  cohort: text('cohort'),
  payment_method: text('payment_method'),
  certificate_issued: { type: 'flag', column: 'certificate_issued' },
  period_months: { type: 'integer', column: 'period_months' },
  ended_at: instant('ended_at'),
  refund_of: id,
  agent: text('agent'),
  referrer: address,
  external_id: id,
  observed_at: instant(),
};

const emailEvents: Fields = {
  contact: address,
  message_id: id,
  ...named(text, 'campaign', 'from'),
  version: { type: 'integer' },
  step: { type: 'integer' },
  email_type: code('email_type'),
  type: { type: 'code' },
  actor: code('actor', ['human', 'machine']),
  occurred_at: instant(),
  external_id: id,
};

const campaigns: Fields = {
  external_id: id,
  name: text('name'),
  goal: code('goal', ['awareness', 'nurture', 'conversion', 'retention', 're_engagement']),
  channel: code('channel', ['email', 'linkedin', 'sms', 'multi']),
  status: code('status', campaignStatuses),
  ...named(instant, 'start_at', 'end_at'),
  target_segment: { type: 'rules', column: 'target_segment' },
  owner: text('owner'),
  observed_at: instant(),
};

const enrolments: Fields = {
  contact: address,
  campaign: text('campaign_id'),
  enrolled_at: instant('enrolled_at'),
  current_step: { type: 'integer', column: 'current_step' },
  status: code('status', enrolmentStatuses),
  /** Ticked: the status is converted, whatever else is stated. */
  converted: { type: 'flag' },
  converted_at: instant('converted_at'),
  observed_at: instant(),
};

const sequences: Fields = {
  sequence: text('sequence'),
  version: { type: 'integer', column: 'version' },
  step: { type: 'integer', column: 'step_number' },
  started_by: code('started_by', ['status_change', 'tag_applied', 'date', 'manual']),
  delay_days: { type: 'integer', column: 'delay_days' },
  channel: code('channel', ['email', 'call', 'linkedin', 'sms', 'whatsapp', 'dm']),
  email_type: code('email_type'),
  ...named(text, 'subject', 'body', 'from_name', 'from_address'),
  /** Both in one. */
  from: text(),
  observed_at: instant(),
};

const adSpend: Fields = {
  channel: code('channel'),
  campaign: text('campaign_id'),
  day: instant('spent_at'),
  amount: { type: 'money', column: 'amount_minor' },
  currency: text('currency'),
  external_id: id,
  observed_at: instant(),
};

export const fieldsOf: Record<RowKind, Fields> = {
  contacts,
  interactions,
  calls,
  purchases,
  'email-events': emailEvents,
  campaigns,
  enrolments,
  sequences,
  'ad-spend': adSpend,
};
