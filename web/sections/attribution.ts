/** Which channel brings customers, by every model at once: where the models agree, the answer is safe. */
import { html } from 'hono/html';
import { label } from '../../core/display/labels.ts';
import { count, money, rate } from '../../core/display/numbers.ts';
import { card, quiet } from '../card.ts';
import { DOTS_WIDTH, dots, dotsHeight, legend } from '../charts/dots.ts';
import { figure } from '../charts/figure.ts';
import type { Html } from '../page.ts';
import { number, text } from '../table.ts';

/** `attribution_summary` for first purchases by channel, lookback 30d, summed over months. */
export type Credit = { model: string; value: string; conversions: number; revenue: number; currency: string };

const MODELS = ['first', 'last', 'linear', 'u_shaped', 'time_decay'];
const SHOWN = 8;

export function attribution(credits: Credit[]): Html {
  const title = 'Where customers come from';
  const lede =
    'First purchases credited to channels, touches of the 30 days before, by five models. A wide spread means that the answer depends on the model.';
  if (credits.length === 0) return card('attribution', title, lede, quiet('No purchase has been recorded yet.'));
  const of = (channel: string, model: string) => credits.filter((c) => c.value === channel && c.model === model);
  const conversions = (channel: string, model: string) => of(channel, model).reduce((sum, c) => sum + c.conversions, 0);
  const mean = (channel: string) => MODELS.reduce((sum, model) => sum + conversions(channel, model), 0) / MODELS.length;
  const channels = [...new Set(credits.map((credit) => credit.value))].sort(
    (a, b) => mean(b) - mean(a) || (a < b ? -1 : 1),
  );
  const total = channels.reduce((sum, channel) => sum + mean(channel), 0);
  const currency = credits[0]!.currency;
  const revenue = (channel: string) =>
    of(channel, 'linear')
      .filter((credit) => credit.currency === currency)
      .reduce((sum, credit) => sum + credit.revenue, 0);
  const shown = channels.slice(0, SHOWN);
  return card(
    'attribution',
    title,
    lede,
    html`${legend(MODELS.map(label))}${figure(
      {
        id: 'attribution-chart',
        title: 'First purchases by channel and model',
        description: `${label(channels[0])} leads with ${count(mean(channels[0]!))} of ${count(total)} first purchases on average over the models.`,
        width: DOTS_WIDTH,
        height: dotsHeight(shown.length),
        marks: dots(
          shown.map((channel) => ({
            label: label(channel),
            text: `${rate(total ? mean(channel) / total : null)} · ${money(revenue(channel), currency)}`,
            values: MODELS.map((model) => conversions(channel, model)),
          })),
        ),
      },
      [text('Channel'), ...MODELS.map((model) => number(label(model))), number('Revenue (linear)')],
      channels.map((channel) => [
        label(channel),
        ...MODELS.map((model) => count(conversions(channel, model))),
        money(revenue(channel), currency),
      ]),
    )}`,
  );
}
