/** Credits path counts to channels under every model that needs only counts (R8c, R8d). */

import { type Order, removalEffects } from './markov.ts';
import { type DataModel, dataModels, type RuleModel, ruleModels } from './models.ts';
import { type Credit, channelsOf, type Path, UNATTRIBUTED } from './path.ts';
import { ruleWeights } from './rule-weights.ts';
import { shapley } from './shapley.ts';

/**
 * The rule models that need only the order of the channels, and those that learn from all paths.
 */
export const pathModels: string[] = [
  ...ruleModels.filter((rule) => needOf(rule) === undefined).map(({ model }) => model),
  ...dataModels,
];

/** The models that are compared by default. */
export const usualModels = [
  'first',
  'last',
  'linear',
  'u_shaped',
  'markov_1',
  'markov_2',
  'shapley',
];

/** What a model needs beyond a path of channels; undefined if nothing. */
function needOf({ decays, lead, opportunity }: RuleModel): string | undefined {
  if (decays) return 'the time of each touch';
  return lead + opportunity > 0 ? 'to know when each person became a lead and booked' : undefined;
}

/**
 * Why a model cannot be computed from counts; undefined if it can. For an unknown model, lists the
 * valid ones.
 */
export function refusalOf(model: string): string | undefined {
  const need = ruleModels.filter((rule) => rule.model === model).map(needOf)[0];
  if (need) return `${model} needs ${need}, which path counts do not have`;
  return pathModels.includes(model)
    ? undefined
    : `there is no model ${model}; there are ${pathModels.join(', ')}`;
}

function byRule(rule: RuleModel, paths: Path[]): Credit[] {
  const credits = new Map<string, Credit>();
  for (const { channels, conversions, value } of paths) {
    const weights = ruleWeights(rule, channels);
    const sum = weights.reduce((a, b) => a + b, 0);
    channels.forEach((channel, i) => {
      if (weights[i] === 0) return;
      const credit = credits.get(channel) ?? { channel, conversions: 0, value: 0 };
      credit.conversions += (conversions * weights[i]!) / sum;
      credit.value += (value * weights[i]!) / sum;
      credits.set(channel, credit);
    });
  }
  return [...credits.values()];
}

/**
 * The classical totals: all conversions, and all value, in proportion to the channels' removal
 * effects.
 */
function byRemoval(paths: Path[], order: Order): Credit[] {
  const effects = removalEffects(paths, order);
  const sum = [...effects.values()].reduce((a, b) => a + b, 0) || 1;
  const conversions = paths.reduce((total, path) => total + path.conversions, 0);
  const value = paths.reduce((total, path) => total + path.value, 0);
  return [...effects].map(([channel, effect]) => ({
    channel,
    conversions: (conversions * effect) / sum,
    value: (value * effect) / sum,
  }));
}

const byData: Record<DataModel, (paths: Path[]) => Credit[]> = {
  markov_1: (paths) => byRemoval(paths, 1),
  markov_2: (paths) => byRemoval(paths, 2),
  shapley,
};

/**
 * Credit of every channel under a model of `pathModels`, in the order of the channels' first
 * appearance, including channels without credit. Conversions of paths without a touch come last, as
 * `unattributed`. Sums to the file's conversions and value, except that a Markov model credits
 * nothing if nothing converted.
 */
export function attribute(paths: Path[], model: string): Credit[] {
  const touched = paths.filter(({ channels }) => channels.length > 0);
  const rule = ruleModels.find((candidate) => candidate.model === model);
  const credits = rule ? byRule(rule, touched) : byData[model as DataModel](touched);
  const found = new Map(credits.map((credit) => [credit.channel, credit]));
  const listed = channelsOf(touched).map(
    (channel) => found.get(channel) ?? { channel, conversions: 0, value: 0 },
  );
  const untouched = paths.filter(({ channels }) => channels.length === 0);
  if (untouched.length === 0) return listed;
  const rest = { channel: UNATTRIBUTED, conversions: 0, value: 0 };
  for (const { conversions, value } of untouched) {
    rest.conversions += conversions;
    rest.value += value;
  }
  return [...listed, rest];
}
