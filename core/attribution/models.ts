/**
 * The rule models of attribution, once (R8c): what each role of a path is worth. `first` and
 * `close` are its first and last touch, `lead` is the last one at or before the person became a
 * lead, `opportunity` the first booking. Touches without a role share `rest` equally. Roles that
 * nobody holds drop out and the others rescale, so only proportions matter.
 * Home of R8c.
 */
import { relation } from '../relation.ts';

export type RuleModel = {
  model: string;
  first: number;
  lead: number;
  opportunity: number;
  close: number;
  rest: number;
  /** Weighs each touch by its age relative to the path's last one, not by its position. */
  decays?: true;
  /** The close is the last touch whose channel is not `direct`, if there is one. */
  skips_direct?: true;
};

export const ruleModels: RuleModel[] = [
  { model: 'first', first: 100, lead: 0, opportunity: 0, close: 0, rest: 0 },
  { model: 'last', first: 0, lead: 0, opportunity: 0, close: 100, rest: 0 },
  {
    model: 'last_non_direct',
    first: 0,
    lead: 0,
    opportunity: 0,
    close: 100,
    rest: 0,
    skips_direct: true,
  },
  { model: 'linear', first: 0, lead: 0, opportunity: 0, close: 0, rest: 100 },
  { model: 'u_shaped', first: 40, lead: 0, opportunity: 0, close: 40, rest: 20 },
  { model: 'w_shaped', first: 30, lead: 30, opportunity: 30, close: 0, rest: 10 },
  // Twice the rule's 22.5 and 10: weights are whole numbers, so that shares are exact.
  { model: 'full_path', first: 45, lead: 45, opportunity: 45, close: 45, rest: 20 },
  { model: 'time_decay', first: 0, lead: 0, opportunity: 0, close: 0, rest: 0, decays: true },
  { model: 'j_shaped', first: 20, lead: 0, opportunity: 0, close: 60, rest: 20 },
  { model: 'inverse_j', first: 60, lead: 0, opportunity: 0, close: 20, rest: 20 },
];

/** The models that learn the worth of a channel from all paths, converting or not (R8d). */
export const dataModels = ['markov_1', 'markov_2', 'shapley'] as const;
export type DataModel = (typeof dataModels)[number];

/**
 * Names of a direct visit, in lower case: the house writes the first, Google's reports the others.
 */
export const directChannels = [
  'direct',
  '(direct)',
  '(direct) / (none)',
  '(direct)/(none)',
  'direct / (none)',
  'direct/(none)',
];

/** One in billionths, the unit of shares and effects (R8b). */
export const WHOLE_PPB = 1_000_000_000;

/** Mediums of a web visit that make it a touch, because it was paid for (R8a). */
export const paidMediums = ['cpc', 'ppc', 'paid', 'paid_social', 'display'];

/** How old a touch may be and still earn credit, longest last (R8). */
export const lookbacks = ['30d', '90d', 'all'] as const;
type Lookback = (typeof lookbacks)[number];

/** The types of conversion, each attributed separately (R8). */
export const conversionTypes = ['lead', 'booking', 'first_purchase', 'repeat_purchase'] as const;

/**
 * A model as the views apply it: what it weighs the touches of a path by (role, age, number of
 * touches of the channel, or removal effect), and the lookbacks whose paths it takes. Effects are
 * solved per lookback.
 */
type Applied = RuleModel & {
  weighing: 'role' | 'age' | 'channel' | 'effect';
  takes: readonly Lookback[];
};

const noRoles = { first: 0, lead: 0, opportunity: 0, close: 0, rest: 0 };
const applied: Applied[] = [
  ...ruleModels.map(
    (rule): Applied => ({ ...rule, weighing: rule.decays ? 'age' : 'role', takes: lookbacks }),
  ),
  { model: 'shapley', ...noRoles, weighing: 'channel', takes: lookbacks },
  ...lookbacks.map(
    (lookback): Applied => ({
      model: 'markov_1',
      ...noRoles,
      weighing: 'effect',
      takes: [lookback],
    }),
  ),
];

/** The models that the house publishes. */
export const publishedModels: string[] = [...new Set(applied.map(({ model }) => model))];

/**
 * The published models as rows of a view; a model with effects per lookback has a row for each.
 * Weights are zero without roles.
 */
export const publishedModelRows: string = relation(
  applied.map((each, i) =>
    [
      `${i + 1} as model_no`,
      `'${each.model}' as model`,
      `'${each.weighing}' as weighing`,
      `'${each.takes.length === 1 ? each.takes[0] : 'any'}' as lookback`,
      ...lookbacks.map(
        (lookback) => `${each.takes.includes(lookback) ? 1 : 0} as takes_${lookback}`,
      ),
      `${each.first} as first_weight`,
      `${each.lead} as lead_weight`,
      `${each.opportunity} as opportunity_weight`,
      `${each.close} as close_weight`,
      `${each.rest} as rest_weight`,
      `${each.skips_direct ? 1 : 0} as skips_direct`,
    ].join(', '),
  ),
);

/** The lookbacks as rows of a view: lookback. */
export const lookbackRows: string = relation(
  lookbacks.map((lookback) => `'${lookback}' as lookback`),
);

/** The types of conversion as rows of a view: conversion_type. */
export const conversionTypeRows: string = relation(
  conversionTypes.map((type) => `'${type}' as conversion_type`),
);

/** The paid mediums as rows of a view: medium. */
export const paidMediumRows: string = relation(
  paidMediums.map((medium) => `'${medium}' as medium`),
);
