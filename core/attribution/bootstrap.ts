/** How certain a channel's share is: the same model over resampled paths. */
import { percentile } from '../statistics/percentile.ts';
import { drawPoisson } from '../statistics/poisson-draw.ts';
import { attribute } from './attribute.ts';
import type { Path } from './path.ts';

export type Interval = { share_lo: number; share_hi: number };

/**
 * The paths resampled: each person as often as a Poisson count of mean 1, so each count becomes a
 * Poisson count with itself as the mean.
 */
export function redrawn<P extends Path>(paths: P[], random: () => number): P[] {
  return paths.map((path) => {
    const conversions = drawPoisson(path.conversions, random);
    const value = path.conversions > 0 ? (path.value * conversions) / path.conversions : path.value;
    return {
      ...path,
      conversions,
      value,
      non_conversions: drawPoisson(path.non_conversions, random),
    };
  });
}

/** Shares of all conversions, by channel; empty if nothing converted. */
function sharesOf(paths: Path[], model: string): Map<string, number> {
  const credits = attribute(paths, model);
  const sum = credits.reduce((total, { conversions }) => total + conversions, 0);
  return new Map(
    sum > 0 ? credits.map(({ channel, conversions }) => [channel, conversions / sum]) : [],
  );
}

/**
 * 95 % percentile interval of each channel's share of the conversions over `draws` (at least 40)
 * Poisson bootstraps; empty if no draw converted. `random` returns numbers in [0, 1): the same seed
 * gives the same bounds.
 */
export function shareIntervals(
  paths: Path[],
  model: string,
  draws: number,
  random: () => number,
): Map<string, Interval> {
  const found = new Map<string, number[]>();
  for (let draw = 0; draw < draws; draw++)
    for (const [channel, share] of sharesOf(redrawn(paths, random), model))
      found.set(channel, [...(found.get(channel) ?? []), share]);
  return new Map(
    [...found].map(([channel, shares]) => [
      channel,
      { share_lo: percentile(shares, 0.025), share_hi: percentile(shares, 0.975) },
    ]),
  );
}
