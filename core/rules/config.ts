/**
 * Every threshold, weight and ladder of the house, once, with its default.
 * Home of G8.
 */
import { directChannels, paidMediums, ruleModels } from '../attribution/models.ts';
import { DAY, HOUR } from '../durations.ts';
import { hash } from '../hash.ts';
import { objectionWords } from './objections.ts';

export const rules = {
  /** Rows with fewer leads are kept and flagged (R1). */
  min_leads: 10,
  /** Silence after which a contact is dormant (section 3). */
  dormant_after_ms: 90 * DAY,
  /** Half-life of a point (C2). */
  score_half_life_ms: 30 * DAY,
  /** Points per milestone (C1). */
  points_open: 5,
  points_click: 10,
  points_reply: 20,
  points_downloaded: 10,
  points_attended: 15,
  points_visited_pricing: 15,
  points_connected: 15,
  points_booked: 20,
  points_referral_given: 20,
  points_completion: 25,
  points_purchase: 50,
  /**
   * VIP: the percentile of positive LTVs, the customers that it needs, and the referrals that make
   * one (L3).
   */
  vip_percentile: 0.9,
  vip_min_customers: 20,
  vip_min_referrals: 3,
  /** An Aircall call is done from this duration on, with a recording (A2). */
  done_min_s: 60,
  /** A subscription runs this long past its last paid period (F8). */
  subscription_grace_ms: 7 * DAY,
  /** Machine opens and clicks (F5). */
  machine_open_within_ms: 2_000,
  machine_click_links: 3,
  machine_click_within_ms: 1_000,
  /** Danger list (R4). */
  danger_min_attempts: 3,
  danger_top: 30,
  /** Expected paid below this gives no performance index (R3). */
  min_expected_paid: 1,
  /** Attribution (R8). */
  lookback_30d_ms: 30 * DAY,
  lookback_90d_ms: 90 * DAY,
  attribution_half_life_ms: 7 * DAY,
  /**
   * What a conversion cost is told from a thousandth of one on, here in billionths: below, it says
   * no more than that none was.
   */
  min_cpa_ppb: 1_000_000,
  /** Lifetime values are taken over so many days from the first purchase (marts.md). */
  ltv_30_ms: 30 * DAY,
  ltv_90_ms: 90 * DAY,
  ltv_365_ms: 365 * DAY,
  /** Weekly summary (R10). */
  healthy_open_rate: 0.2,
  normal_reply_rate_lo: 0.05,
  normal_reply_rate_hi: 0.08,
  deal_rate_goal: 0.1,
  /**
   * Mail beside those: what bounces softly may be missing beyond the hard bounces at which E8
   * warns.
   */
  healthy_delivered_rate: 0.97,
  normal_click_rate_lo: 0.02,
  normal_click_rate_hi: 0.05,
  normal_human_click_rate_lo: 0.01,
  normal_human_click_rate_hi: 0.04,
  /** Guardrails of sending (E8), bounces being hard ones. */
  bounce_warn_rate: 0.02,
  bounce_pause_rate: 0.05,
  complaint_warn_rate: 0.001,
  complaint_pause_rate: 0.003,
  /**
   * A change is outside chance from this many standard deviations on: one line in a hundred weeks,
   * since a dozen are looked at.
   */
  week_chance_z: 2.576,
  next_week_min_emails: 50,
  next_week_calls_lo: 2,
  next_week_calls_hi: 3,
} as const;

/** Ladders from bottom to top; statuses off the ladder carry no stage number (R9). */
export const ladders = {
  lifecycle: {
    stages: ['cold', 'engaged', 'warm', 'hot', 'customer', 'alumni'],
    off: ['dormant', 'unsubscribed'],
  },
  pipeline: {
    stages: ['new', 'contacted', 'replied', 'scheduled', 'called', 'proposal', 'closed_won'],
    off: ['closed_lost', 'unsubscribed'],
  },
} as const;

/** What the user agents of mail proxies, scanners and link checkers hold, in lower case (F5). */
export const machineAgents = [
  'googleimageproxy',
  'ggpht.com',
  'yahoomailproxy',
  'bingpreview',
  'barracuda',
  'proofpoint',
  'mimecast',
  'safelinks',
  'bot/',
  'crawler',
  'spider',
  'headlesschrome',
] as const;

/** Business hours, Monday to Friday, in the business time zone (R2). */
export const businessHours = { opens: 9 * HOUR, closes: 18 * HOUR, days: [1, 2, 3, 4, 5] } as const;

/** Changes whenever a rule does, so that a moved number shows its cause (G8). */
export const rulesVersion: string = hash(
  JSON.stringify({
    rules,
    ladders,
    machineAgents,
    businessHours,
    ruleModels,
    paidMediums,
    directChannels,
    objectionWords,
  }),
).slice(0, 12);
