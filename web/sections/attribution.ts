/** Which channel brings customers, under every model: if the models agree, the answer is safe. */

import { html } from 'hono/html';
import { publishedModels } from '../../core/attribution/models.ts';
import { rankSpread } from '../../core/attribution/ranks.ts';
import { label } from '../../core/display/labels.ts';
import { count, counted, money, NONE } from '../../core/display/numbers.ts';
import type { ChannelCredit } from '../../core/pages/dashboard.ts';
import { card, quiet } from '../card.ts';
import { numbers } from '../charts/figure.ts';
import { heat } from '../charts/heat.ts';
import type { Html } from '../page.ts';
import { number, text } from '../table.ts';

/** The model whose money the table shows. */
const PLAIN = 'linear';
const SHOWN = 10;

export function attribution(credits: ChannelCredit[]): Html {
  const title = 'Where customers come from';
  const models = publishedModels.filter((model) =>
    credits.some((credit) => credit.model === model),
  );
  if (!credits.some(({ conversions }) => conversions > 0))
    return card(
      'attribution',
      title,
      'First purchases credited to channels, under every attribution model.',
      quiet('No purchase has been recorded yet.'),
    );
  const lede =
    `Share of first purchases in per cent, credited to touches of the 30 days before under ` +
    `${models.length} models. Rank spread shows how far the models disagree on a channel's rank.`;
  const names = [...new Set(credits.map(({ value }) => value))];
  const byModel = models.map((model) => conversionsOf(credits, model, names));
  const total = byModel.map((channels) =>
    [...channels.values()].reduce((sum, value) => sum + value, 0),
  );
  const share = (channel: string, i: number): number =>
    total[i]! > 0 ? byModel[i]!.get(channel)! / total[i]! : 0;
  const mean = (channel: string): number =>
    models.reduce((sum, _, i) => sum + share(channel, i), 0) / models.length;
  const spread = rankSpread(byModel);
  const channels = names
    .filter((name) => mean(name) > 0)
    .sort((a, b) => mean(b) - mean(a) || (a < b ? -1 : 1));
  const lines = channels.slice(0, SHOWN).map((channel) => ({
    label: label(channel),
    values: models.map((_, i) => share(channel, i)),
    last: String(spread.get(channel)),
  }));
  return card(
    'attribution',
    title,
    lede,
    html`<p class="finding">${finding(channels, models, byModel)}</p>
${heat(title, models.map(label), 'Rank spread', lines)}${numbers(
  'First purchases by channel and model, with what they brought and cost',
  [
    text('Channel'),
    ...models.map((model) => number(label(model))),
    ...['Rank spread', 'Revenue (linear)', 'Spend', 'ROAS (linear)', 'CPA (linear)'].map(number),
  ],
  names
    .sort((a, b) => mean(b) - mean(a) || (a < b ? -1 : 1))
    .map((channel) => [
      label(channel),
      ...byModel.map((of) => count(of.get(channel))),
      String(spread.get(channel)),
      ...moneyOf(credits.filter(({ value, model }) => value === channel && model === PLAIN)),
    ]),
)}`,
  );
}

/**
 * Conversions of each channel under a model, over all currencies: a customer counts once, whatever
 * they paid in.
 */
function conversionsOf(
  credits: ChannelCredit[],
  model: string,
  names: string[],
): Map<string, number> {
  const conversions = new Map(names.map((name) => [name, 0]));
  for (const credit of credits)
    if (credit.model === model)
      conversions.set(credit.value, conversions.get(credit.value)! + credit.conversions);
  return conversions;
}

/** Which channel leads, and under how many of the models. */
function finding(channels: string[], models: string[], byModel: Map<string, number>[]): Html {
  const first = channels[0]!;
  const leads = byModel.filter((of) =>
    [...of.values()].every((value) => value <= of.get(first)!),
  ).length;
  const all = counted(models.length, 'model', 'models');
  return html`<strong>${label(first)}</strong> comes first under ${leads} of ${all}.`;
}

/** Revenue, spend, ROAS and CPA in the house's currency; a dash if unknown. */
function moneyOf(credits: ChannelCredit[]): string[] {
  const own = credits.find((credit) => credit.is_house_currency === 1);
  if (!own) return [NONE, NONE, NONE, NONE];
  const { currency, revenue, spend, repaid, bought } = own;
  return [
    money(revenue, currency),
    money(spend, currency),
    spend ? count(repaid / spend) : NONE,
    spend !== null && bought > 0 ? money(Math.round(spend / bought), currency) : NONE,
  ];
}
