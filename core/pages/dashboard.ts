/** What the dashboard shows: the rows of each section, as read from the marts. */
import type { Notice } from '../notices.ts';
import type { Source } from '../sources.ts';
import type { WeekRow } from './week.ts';

/** `daily` summed by week; the last row may be the running week. */
export type WeekOfDaily = {
  week_start: string;
  emails_sent: number;
  replied: number;
  calls_booked: number;
  dials: number;
  first_purchases: number;
};

/**
 * `attribution_summary` for first purchases by channel, lookback 30d, in one currency, summed over
 * months. `spend` is null where no month has any; `repaid` and `bought` are the revenue and the
 * conversions of the months with a spend.
 */
export type ChannelCredit = {
  model: string;
  value: string;
  currency: string;
  is_house_currency: number;
  conversions: number;
  revenue: number;
  spend: number | null;
  repaid: number;
  bought: number;
};

/**
 * `funnel` on the pipeline ladder, all leads, summed over cohorts; off-ladder rows have no number.
 */
export type FunnelStage = {
  stage: string;
  stage_no: number | null;
  entered: number;
  reached: number;
  current_count: number;
};

/**
 * `speed_to_lead` summed over weeks and lead types; leads never phoned have a category of theirs.
 */
export type SpeedBucket = {
  bucket_no: number;
  bucket: string;
  category: string;
  leads: number;
  connected: number;
  paid: number;
};

/** `agent_performance`, dimension all, period all. */
export type AgentFigures = {
  agent: string;
  /** As written by whoever stated it; null for the unknown one. */
  name: string | null;
  leads_handled: number;
  dials: number;
  connected: number;
  pickup_rate: number | null;
  pickup_rate_lo: number | null;
  pickup_rate_hi: number | null;
  paid_conversions: number;
  talk_minutes: number | null;
  median_speed_minutes: number | null;
  expected_paid: number | null;
  performance_index: number | null;
  performance_index_lo: number | null;
  performance_index_hi: number | null;
};

/** `danger_list` with the name and address, which are not published (R12). Instants are UTC ms. */
export type DangerLead = {
  rank: number;
  contact_key: string;
  full_name: string | null;
  phone: string | null;
  email: string | null;
  lead_type: string;
  attempts: number;
  agents_tried: number;
  last_attempt: number;
  days_since_added: number;
  next_action: string;
  /** What somebody wrote, where `next_action` is as_stated. */
  stated_action: string | null;
};

/** `lead_conversion`, period all. */
export type LeadConversion = {
  dimension: 'channel' | 'lead_type';
  value: string;
  leads: number;
  conversions: number;
  conversion_rate: number | null;
  conversion_rate_lo: number | null;
  conversion_rate_hi: number | null;
  below_threshold: number;
  revenue: number;
  currency: string | null;
  median_days_to_convert: number | null;
};

/** `email_performance` summed over the weeks of send, by campaign, version and step. */
export type MessageFigures = {
  campaign: string;
  /** As the house calls it; null where nobody named it. */
  name: string | null;
  sequence_version: string | number;
  step: string | number;
  email_type: string | null;
  sent: number;
  delivered: number;
  opened: number;
  opened_human: number;
  clicked: number;
  replied: number;
  bounced: number;
  complained: number;
};

/** Facts that came in just now, by provider: live, and no figure of any report (F7). */
export type PulseCount = { provider: string; minute: number; hour: number; day: number };

/** The counts, or why there are none, in words for people. */
export type Pulse = { counts: PulseCount[] } | { unavailable: string };

export type Dashboard = {
  house: { is_sample: boolean; time_zone: string; people: number };
  /** The instant for which the page is true, UTC ms. */
  as_of: number;
  /** How many facts have landed since. */
  newer_facts: number;
  /** Set when the last night failed somewhere: why, and which instant each destination shows. */
  stale: { reason: string; shown: { destination: string; as_of: number }[] } | null;
  /** The Monday of the week that is not over. */
  running_week: string;
  /** As many weeks of the weekly summary as its sparks show. */
  week: WeekRow[];
  weeks: WeekOfDaily[];
  credits: ChannelCredit[];
  stages: FunnelStage[];
  buckets: SpeedBucket[];
  agents: AgentFigures[];
  danger: DangerLead[];
  conversions: LeadConversion[];
  messages: MessageFigures[];
  /** The next four are of the moment, not of `as_of`. */
  now: number;
  sources: Source[];
  notices: Notice[];
  pulse: Pulse;
};
