/**
 * Shapley values of channels, where a coalition S is worth the conversions of the paths whose channels all lie within S (R8d). That
 * game is a sum of one unanimity game per path (worth its conversions as soon as every channel of the path is there), whose Shapley value
 * splits it evenly among the path's distinct channels. Values add up over games, so this closed form is exact for any number of channels.
 */
import type { Credit, Path } from './path.ts';

/** Credit per channel; the paths without a touch are left out. Sums to the others' conversions and value. */
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

/** What a channel of a path weighs: divided by up to 16 equal touches without a rest. */
export const CHANNEL_WEIGHT = 720_720_000;
