import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import {
  contactInSegment,
  firstPurchaseAt,
  inHouseCurrency,
  inMonth,
  inOtherCurrency,
  type RowsBehind,
  whoseContact,
  whoseContactInSegment,
} from '../../../rows-behind.ts';
import { belowThreshold } from '../columns.ts';
import sql from './lead_conversion.sql';

const contract = {
  name: 'lead_conversion',
  kind: 'mart',
  answers: 'Of the leads added in a month, how many have bought, how fast, and for how much?',
  grain: ['dimension', 'value', 'period'],
  columns: [
    {
      name: 'dimension',
      type: 'string',
      description:
        'What value names: lead_type, offer, term, year_level, channel, tier, or all leads ' +
        'together.',
    },
    {
      name: 'value',
      type: 'string',
      description: 'The segment; unknown where the lead states none.',
    },
    {
      name: 'period',
      type: 'string',
      description: 'Month in which the leads were added (YYYY-MM), or all.',
    },
    { name: 'month_start', type: 'date', description: 'First day of that month; empty for all.' },
    { name: 'leads', type: 'integer', description: 'Leads added in the period.', additive: true },
    {
      name: 'conversions',
      type: 'integer',
      description: 'Those with a first purchase by now, refunded later or not.',
      additive: true,
    },
    ...rateColumns('conversion_rate', {
      description: 'conversions ÷ leads.',
      ratio: { numerator: 'conversions', denominator: 'leads' },
      metric: {
        owner: 'sales',
        healthy_range: 'no worse than months of the same age; recent months have had less time',
        what_to_do_when_worse:
          'Compare channels and lead types, then the speed to lead of the same month.',
      },
    }),
    belowThreshold,
    {
      name: 'revenue',
      type: 'money',
      description: 'All purchases of these leads to now less refunds, in the house currency.',
      additive: true,
    },
    { name: 'currency', type: 'string', description: 'The house currency.' },
    {
      name: 'other_currency_purchases',
      type: 'integer',
      description:
        'Purchases of these leads in other currencies, counted here and left out of revenue.',
      additive: true,
    },
    {
      name: 'median_days_to_convert',
      type: 'number',
      description:
        'Days from lead to first purchase that half of the buyers needed at most; a purchase ' +
        'before counts 0.',
      metric: {
        owner: 'sales',
        healthy_range: 'no longer than in months of the same age',
        what_to_do_when_worse: 'Compare with the speed to lead of the same month.',
      },
    },
  ],
  chartFilter: [
    { column: 'dimension', include: ['channel'] },
    { column: 'period', exclude: ['all'] },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'no fewer than in months of the same age',
    what_to_do_when_worse:
      'Compare channels and lead types, then the speed to lead of the same month.',
  },
  sheets: 'all',
  through: 'month_start',
} as const satisfies Contract;

const inPeriod = (day: string): string => `(key.period = 'all' or ${inMonth(day)})`;

const rows: RowsBehind[] = [
  {
    table: 'dim_contact',
    where: `${contactInSegment} and ${inPeriod('t.lead_added_day')}`,
    figures: { leads: {}, conversions: { only: `${firstPurchaseAt} is not null` } },
  },
  {
    table: 'fct_purchase',
    where: `${whoseContactInSegment} and ${whoseContact(inPeriod('c.lead_added_day'))}`,
    figures: {
      revenue: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' },
      other_currency_purchases: { only: inOtherCurrency },
    },
  },
];

export const leadConversion = defineMart({ sql, contract, rows });
