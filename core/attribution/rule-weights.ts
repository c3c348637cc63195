/**
 * Weights of the touches of a path under the rule models that need only the order of its channels
 * (R8c).
 */
import { directChannels, type RuleModel } from './models.ts';

const isDirect = (channel: string): boolean => directChannels.includes(channel.toLowerCase());

function closeOf(model: RuleModel, channels: string[]): number {
  const last = channels.length - 1;
  if (!model.skips_direct) return last;
  const found = channels.findLastIndex((channel) => !isDirect(channel));
  return found < 0 ? last : found;
}

/**
 * Whole-number weights of the touches, first to last; a touch's share is its weight over their sum,
 * which is never zero for a path with a touch. A touch with two roles gets both weights.
 */
export function ruleWeights(model: RuleModel, channels: string[]): number[] {
  if (channels.length === 1) return [1];
  const close = closeOf(model, channels);
  const roles = channels.map(
    (_, i) => (i === 0 ? model.first : 0) + (i === close ? model.close : 0),
  );
  // Multiplied by the number of touches that share the rest, so that weights stay whole numbers.
  const roleless = roles.filter((weight) => weight === 0).length;
  return roles.map((weight) => (weight > 0 ? weight * Math.max(roleless, 1) : model.rest));
}
