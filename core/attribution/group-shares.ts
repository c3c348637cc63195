/** A channel's share of a month's conversions under a model that learns from all paths (R8d). */
import { percentile } from '../statistics/percentile.ts';
import { type Interval, redrawn } from './bootstrap.ts';
import { removalEffects } from './markov.ts';
import { type Path, UNATTRIBUTED } from './path.ts';

/**
 * A path with its group: the month and currency of its conversions. Credit is shared within a
 * group. The group of a path without conversions is not read.
 */
export type GroupedPath = Path & { group: string };

/** The models that learn from paths and share each conversion along its own. */
export const learningModels = ['markov_1', 'shapley'] as const;
type LearningModel = (typeof learningModels)[number];

type Split = (channels: string[]) => Map<string, number>;

/** How the model splits one conversion among the channels of its path; shares sum to 1. */
const splits: Record<LearningModel, (paths: Path[]) => Split> = {
  markov_1: (paths) => {
    const effects = removalEffects(paths, 1);
    return (channels) => {
      const sum = channels.reduce((total, channel) => total + effects.get(channel)!, 0);
      const parts = new Map<string, number>();
      for (const channel of channels)
        parts.set(
          channel,
          (parts.get(channel) ?? 0) + (sum > 0 ? effects.get(channel)! / sum : 1 / channels.length),
        );
      return parts;
    };
  },
  shapley: () => (channels) => {
    const distinct = new Set(channels);
    return new Map([...distinct].map((channel) => [channel, 1 / distinct.size]));
  },
};

type Sums = { conversions: number; value: number };

/**
 * By group and channel: the share of the group's value, or of its conversions if the value is not
 * positive (R8b). Groups without conversions are missing.
 */
export function groupShares(
  paths: GroupedPath[],
  model: LearningModel,
): Map<string, Map<string, number>> {
  const split = splits[model](paths);
  const groups = new Map<string, Map<string, Sums>>();
  for (const { group, channels, conversions, value } of paths) {
    if (conversions === 0) continue;
    const credits = groups.get(group) ?? new Map<string, Sums>();
    groups.set(group, credits);
    for (const [channel, part] of channels.length > 0
      ? split(channels)
      : [[UNATTRIBUTED, 1] as const]) {
      const credit = credits.get(channel) ?? { conversions: 0, value: 0 };
      credit.conversions += conversions * part;
      credit.value += value * part;
      credits.set(channel, credit);
    }
  }
  return new Map([...groups].map(([group, credits]) => [group, sharesOf(credits)]));
}

function sharesOf(credits: Map<string, Sums>): Map<string, number> {
  let value = 0;
  let conversions = 0;
  for (const credit of credits.values()) {
    value += credit.value;
    conversions += credit.conversions;
  }
  return new Map(
    [...credits].map(([channel, credit]) => [
      channel,
      value > 0 ? credit.value / value : credit.conversions / conversions,
    ]),
  );
}

/**
 * 95 % percentile intervals of `groupShares` over `draws` (at least 40) Poisson bootstraps of the
 * people, with the model learnt again from each. A group ignores draws in which it has no
 * conversion; groups that are in no draw are missing.
 */
export function groupIntervals(
  paths: GroupedPath[],
  model: LearningModel,
  draws: number,
  random: () => number,
): Map<string, Map<string, Interval>> {
  const found = new Map(
    [...groupShares(paths, model)].map(([group, shares]) => [group, blank(shares)]),
  );
  for (let draw = 0; draw < draws; draw++)
    for (const [group, shares] of groupShares(redrawn(paths, random), model))
      for (const [channel, seen] of found.get(group)!) seen.push(shares.get(channel) ?? 0);
  return new Map([...found].map(([group, channels]) => [group, intervalsOf(channels)]));
}

const blank = (shares: Map<string, number>): Map<string, number[]> =>
  new Map([...shares.keys()].map((channel) => [channel, []]));

const intervalsOf = (channels: Map<string, number[]>): Map<string, Interval> =>
  new Map(
    [...channels].flatMap(([channel, shares]) =>
      shares.length === 0
        ? []
        : [
            [
              channel,
              { share_lo: percentile(shares, 0.025), share_hi: percentile(shares, 0.975) },
            ] as const,
          ],
    ),
  );
