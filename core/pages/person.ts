/**
 * One person, as the API answers and the page shows. Instants are UTC ms, money is in minor units.
 */

export type Enrolment = {
  campaign_id: string;
  name: string;
  status: string;
  enrolled_at: number;
  current_step: number;
  converted_at: number | null;
};

export type ScorePoint = {
  kind: string;
  occurred_at: number;
  points: number;
  points_now: number;
};

/** One line of the timeline; `event` is a code of `core/display/labels.ts`. */
export type TimelineEvent = {
  occurred_at: number;
  event: string;
  detail: string | null;
  actor?: string;
  channel?: string;
  agent?: string | null;
  duration_s?: number | null;
  amount_minor?: number;
  currency?: string;
  rule_id?: string;
  /** Of a mail from them what they wrote, where it is known. */
  text?: string;
  /** The same with what it quotes, where it quotes anything. */
  whole_text?: string;
};

export type Person = {
  contact_key: string;
  /** The end of the link that they pass on, `/r/<code>`. */
  referral_code: string;
  full_name: string | null;
  company: string | null;
  role: string | null;
  lead_status: string;
  sales_stage: string;
  vip: boolean;
  unsubscribed: boolean;
  suppressions: { address: string; reason: string; suppressed_at: number }[];
  score: number;
  stated_score: number | null;
  score_points: ScorePoint[];
  /** What somebody stated, else the code for this status and stage (`core/next-action.ts`). */
  next_action: string;
  next_action_is_stated: boolean;
  next_action_at: number | null;
  next_follow_up_at: number | null;
  assigned_to: string | null;
  notes: string | null;
  lead_added_at: number | null;
  last_touch_at: number | null;
  last_activity_at: number | null;
  identities: { kind: string; value: string }[];
  /** Stated segments and source tags, by column name. */
  source_tags: Record<string, string | number>;
  counts: Record<string, number>;
  lifetime_value: { currency: string; amount_minor: number }[];
  /** Stated fields without a column of their own, by name; read here only (G4). */
  attributes: Record<string, unknown>;
  campaigns: Enrolment[];
  /** Newest first. */
  history: TimelineEvent[];
};
