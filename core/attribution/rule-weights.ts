/** What each touch of a path weighs under the rule models that read no more than the order of its channels (R8c). */
import { directChannels, type RuleModel } from './models.ts';

const isDirect = (channel: string): boolean => directChannels.includes(channel.toLowerCase());

function closeOf(model: RuleModel, channels: string[]): number {
  const last = channels.length - 1;
  if (!model.skips_direct) return last;
  const found = channels.findLastIndex((channel) => !isDirect(channel));
  return found < 0 ? last : found;
}

/**
 * Whole-number weights of the touches, first to last, by their channels; a touch's share is its weight over their sum, which is
 * never zero for a path that has a touch. A touch in two roles takes both weights.
 */
export function ruleWeights(model: RuleModel, channels: string[]): number[] {
  if (channels.length === 1) return [1];
  const close = closeOf(model, channels);
  const roles = channels.map(
    (_, i) => (i === 0 ? model.first : 0) + (i === close ? model.close : 0),
  );
  // Multiplied by the touches that share the rest, so that weights stay whole numbers.
  const roleless = roles.filter((weight) => weight === 0).length;
  return roles.map((weight) => (weight > 0 ? weight * Math.max(roleless, 1) : model.rest));
}
