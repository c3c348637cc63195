import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import sql from './attribution_paths.sql';

const contract = {
  name: 'attribution_paths',
  kind: 'mart',
  answers: 'Which ways do people go before they book or buy, and which of these ways work?',
  grain: ['path', 'conversion_type'],
  columns: [
    {
      name: 'path',
      type: 'string',
      description:
        'Channels in the order of touch, the 30 days before the conversion or, without one, ' +
        'before the last touch; unattributed where there was no touch.',
    },
    {
      name: 'conversion_type',
      type: 'string',
      description:
        'What was to be reached: lead, booking, first_purchase or repeat_purchase. Never add ' +
        'these up.',
    },
    {
      name: 'length',
      type: 'integer',
      description: 'Touches of the path; 0 where there was none.',
    },
    {
      name: 'converting',
      type: 'integer',
      description: 'Conversions that came this way.',
      additive: true,
    },
    {
      name: 'non_converting',
      type: 'integer',
      description:
        'People who came this way and stopped: without a booking since the last one, without ' +
        'any purchase, or without one since the last.',
      additive: true,
    },
    { name: 'paths', type: 'integer', description: 'Both together.', additive: true },
    ...rateColumns('conversion_rate', {
      description: 'Conversions per path gone.',
      ratio: { numerator: 'converting', denominator: 'paths' },
      metric: {
        owner: 'marketing',
        healthy_range: 'above the rate of all paths of its conversion type',
        what_to_do_when_worse:
          'Look at the last channel of the path: what did it ask for, and how soon after the ' +
          'one before?',
      },
    }),
    {
      name: 'revenue',
      type: 'money',
      description: 'Revenue of its conversions in the house’s currency, refunds taken off.',
      additive: true,
    },
    {
      name: 'other_currency_purchases',
      type: 'integer',
      description: 'Conversions in other currencies, whose revenue is not counted.',
      additive: true,
    },
    {
      name: 'median_days',
      type: 'number',
      description: 'Median days from the first touch of the path to the conversion.',
      metric: {
        owner: 'marketing',
        healthy_range: 'not longer than on other paths of its length',
        what_to_do_when_worse:
          'Look for the longest wait between two touches of the path, and shorten that one.',
      },
    },
    { name: 'currency', type: 'string', description: 'The house currency.' },
    {
      name: 'below_threshold',
      type: 'boolean',
      description: 'Fewer paths than a rate should be read from.',
    },
  ],
  chartFilter: [{ column: 'conversion_type', include: ['first_purchase'] }],
  metric: {
    owner: 'marketing',
    healthy_range: 'most conversions on few and short paths',
    what_to_do_when_worse:
      'Read what stands between the first touch and the conversion on the commonest long paths.',
  },
  sheets: { where: `conversion_type in ('booking', 'first_purchase')` },
} as const satisfies Contract;

const rows: RowsBehind[] = [
  {
    view: 'int_attribution_journeys',
    columns: [
      'length',
      'converting',
      'non_converting',
      'paths',
      'conversion_rate',
      'revenue',
      'other_currency_purchases',
      'median_days',
    ],
  },
];

export const attributionPaths = defineMart({ sql, contract, rows });
