/** What each touch of one path weighs under a rule model (R8c). */
import { rules } from '../rules/config.ts';
import { directChannels, type RuleModel } from './models.ts';

/** A touch as the rule models see it. Only time_decay reads `age_ms`, only the models with these roles read the two flags. */
export type Touch = {
  channel: string;
  /** Milliseconds from the touch to the conversion. */
  age_ms?: number;
  /** The last touch at or before the person became a lead. */
  is_lead?: boolean;
  /** The path's first booking. */
  is_opportunity?: boolean;
};

/** Weights of a decay are whole billionths of the last touch's. */
const BILLION = 1_000_000_000;

const isDirect = (channel: string): boolean => directChannels.includes(channel.toLowerCase());

function closeOf(model: RuleModel, touches: Touch[]): number {
  const last = touches.length - 1;
  if (!model.skips_direct) return last;
  const found = touches.findLastIndex(({ channel }) => !isDirect(channel));
  return found < 0 ? last : found;
}

function decayed(touches: Touch[]): number[] {
  const age = (touch: Touch) => touch.age_ms ?? 0;
  const youngest = touches.reduce((least, touch) => Math.min(least, age(touch)), Number.POSITIVE_INFINITY);
  return touches.map((touch) =>
    Math.round(BILLION * 0.5 ** ((age(touch) - youngest) / rules.attribution_half_life_ms)),
  );
}

/**
 * Whole-number weights of the touches, first to last; a touch's share is its weight over their sum, which is never zero for a path
 * that has a touch. A touch in two roles takes both weights.
 */
export function ruleWeights(model: RuleModel, touches: Touch[]): number[] {
  if (touches.length === 1) return [1];
  if (model.decays) return decayed(touches);
  const close = closeOf(model, touches);
  const roles = touches.map(
    (touch, i) =>
      (i === 0 ? model.first : 0) +
      (touch.is_lead ? model.lead : 0) +
      (touch.is_opportunity ? model.opportunity : 0) +
      (i === close ? model.close : 0),
  );
  // Multiplied by the touches that share the rest, so that weights stay whole numbers.
  const roleless = roles.filter((weight) => weight === 0).length;
  return roles.map((weight) => (weight > 0 ? weight * Math.max(roleless, 1) : model.rest));
}
