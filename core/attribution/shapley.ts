/**
 * Shapley values of channels. A coalition S is worth the conversions of the paths whose channels
 * are all in S (R8d). This game is the sum of one unanimity game per path (worth its conversions
 * once all channels of the path are in S), whose Shapley value is an even split among the path's
 * distinct channels. Shapley values are additive over games, so this closed form is exact for any
 * number of channels.
 */
import type { Credit, Path } from './path.ts';

/**
 * Credit per channel, without paths that have no touch. Sums to the other paths' conversions and
 * value.
 */
export function shapley(paths: Path[]): Credit[] {
  const credits = new Map<string, Credit>();
  for (const { channels, conversions, value } of paths) {
    const distinct = new Set(channels);
    for (const channel of distinct) {
      const credit = credits.get(channel) ?? { channel, conversions: 0, value: 0 };
      credit.conversions += conversions / distinct.size;
      credit.value += value / distinct.size;
      credits.set(channel, credit);
    }
  }
  return [...credits.values()];
}

/** Weight of a channel on a path; divisible by up to 16 equal touches. */
export const CHANNEL_WEIGHT = 720_720_000;
