import type { Contract } from '../../../contract.ts';
import type { Dimension } from '../../../dimensions.ts';
import { defineMart } from '../../../mart.ts';
import { inMonth, type RowsBehind, whoseContact } from '../../../rows-behind.ts';
import { conversionMonth, lookback } from '../columns.ts';
import sql from './attribution_summary.sql';

const contract = {
  name: 'attribution_summary',
  kind: 'mart',
  answers:
    'Which channel, message or training earns the conversions, and their revenue, under each ' +
    'model of credit?',
  grain: ['conversion_type', 'model', 'lookback', 'dimension', 'value', 'month_start', 'currency'],
  order: ['conversion_type', 'model', 'lookback', 'dimension', 'month_start', 'currency', 'rank'],
  columns: [
    {
      name: 'conversion_type',
      type: 'string',
      description:
        'What was reached: lead, booking, first_purchase or repeat_purchase. Never add these up.',
    },
    {
      name: 'model',
      type: 'string',
      description:
        'How credit is shared over the touches before the conversion: first, last or ' +
        'last_non_direct takes all; linear shares evenly, u_shaped, w_shaped, full_path, ' +
        'j_shaped and inverse_j by the touches’ roles, time_decay halves every 7 days, shapley ' +
        'is even between the channels, markov_1 goes by what would be lost without the channel ' +
        'and stands here after the first night.',
    },
    lookback,
    {
      name: 'dimension',
      type: 'string',
      description:
        'What value names: channel, campaign, message (version and step), email_type or step of ' +
        'the touch; training bought; lead_type or offer of the person.',
    },
    {
      name: 'value',
      type: 'string',
      description:
        'The channel, campaign, message… credited; unattributed where a conversion had no ' +
        'touch, none where the touch has no such thing.',
    },
    conversionMonth,
    {
      name: 'currency',
      type: 'string',
      description: 'Currency of revenue; for leads and bookings the house’s own.',
    },
    {
      name: 'conversions',
      type: 'number',
      description: 'Conversions credited, in fractions: the shares of each conversion add up to 1.',
      additive: true,
    },
    {
      name: 'revenue',
      type: 'money',
      description:
        'Revenue credited, refunds taken off; adds up to the revenue of the conversions exactly.',
      additive: true,
    },
    {
      name: 'share',
      type: 'number',
      description:
        'This value’s part of the month’s revenue in its dimension, or of its conversions where ' +
        'there is no revenue. Over several months, take the part of the sums instead.',
      metric: {
        owner: 'marketing',
        healthy_range: 'near its part of earlier months, and alike under most models',
        what_to_do_when_worse:
          'See which earlier step weakened: a channel loses under first when it brings fewer ' +
          'people, under last when it closes fewer.',
      },
    },
    {
      name: 'rank',
      type: 'integer',
      description: 'Place by share within the month and dimension, 1 the greatest.',
    },
    {
      name: 'is_house_currency',
      type: 'boolean',
      description: 'The row’s currency is the house’s own, so that a chart may add its revenue up.',
    },
    {
      name: 'spend',
      type: 'money',
      description:
        'What was spent on the channel or campaign that month, the same beside every model; ' +
        'empty where no spend is known. A row without conversions stands here for its spend.',
      additive: true,
    },
    {
      name: 'roas',
      type: 'number',
      description:
        'Revenue credited per unit of money spent; empty where no spend is known. Over several ' +
        'rows, take the sums of those that have a spend.',
      metric: {
        owner: 'marketing',
        healthy_range: 'above what one unit of revenue must earn back',
        what_to_do_when_worse:
          'Compare it under first, linear and last: where only last is low, the channel opens ' +
          'and others close. Cut what is low under all.',
      },
    },
    {
      name: 'cpa',
      type: 'money',
      description:
        'Spend per conversion credited; empty where no spend is known or less than a thousandth ' +
        'of a conversion credited.',
      metric: {
        owner: 'marketing',
        healthy_range: 'below what a first purchase earns',
        what_to_do_when_worse:
          'Look at the campaign’s newest audience and message first; pause it where rank_spread ' +
          'is small.',
      },
    },
    {
      name: 'rank_spread',
      type: 'integer',
      description:
        'How many places the models disagree by about this value: its worst rank less its best, ' +
        '0 where all agree.',
      metric: {
        owner: 'marketing',
        healthy_range: '0 to 2: the models tell one story',
        what_to_do_when_worse:
          'Do not move money on one model’s word: read first, linear and last side by side, and ' +
          'see on which paths the value stands.',
      },
    },
    {
      name: 'share_lo',
      type: 'number',
      description:
        'Lower end of the share’s 95 % interval, for the channels under markov_1 and shapley: ' +
        'people drawn again by chance and the model learnt anew.',
    },
    { name: 'share_hi', type: 'number', description: 'Upper end of that interval.' },
  ],
  chartFilter: [
    { column: 'conversion_type', include: ['first_purchase'] },
    { column: 'model', include: ['u_shaped'] },
    { column: 'lookback', include: ['30d'] },
    { column: 'dimension', include: ['channel'] },
    { column: 'is_house_currency', include: [true] },
  ],
  metric: {
    owner: 'marketing',
    healthy_range: 'each channel within its usual part of the month',
    what_to_do_when_worse: 'Compare the models first: what only one of them says is no finding.',
  },
  sheets: {
    where: `conversion_type in ('booking', 'first_purchase') and lookback = '30d'
      and month_start >= (
      select min(month_start) from (
        select distinct month_start from stg_calendar
        where starts_at <= (select as_of from stg_clock)
        order by month_start desc limit 13
      )
    )`,
  },
  through: 'month_start',
} as const satisfies Contract;

const ofTouch = (column: string): string => `(
  select max(h.${column}) from attribution_touch as h
  where h.contact_key = t.contact_key and h.conversion_type = t.conversion_type
    and h.conversion_key = t.conversion_key and h.touch_key = t.touch_key
)`;
const ofContact = (column: string): string => whoseContact(`c.${column} = key.value`);

/**
 * What makes a credit one of the row's, by dimension. Trainings bought are not published by touch.
 */
const isOfValue: Record<Exclude<Dimension<'attribution'>, 'training'>, string> = {
  channel: 't.channel = key.value',
  campaign: 't.campaign = key.value',
  message: 't.message = key.value',
  email_type: `${ofTouch('email_type')} = key.value`,
  step: `${ofTouch('step')} = key.value`,
  lead_type: ofContact('lead_type'),
  offer: ofContact('offer'),
};
const whenOfValue = Object.entries(isOfValue).map(
  ([dimension, condition]) => `when '${dimension}' then ${condition}`,
);

const rows: RowsBehind[] = [
  {
    table: 'attribution_credit',
    when: "key.dimension <> 'training'",
    where: `t.conversion_type = key.conversion_type and t.model = key.model
      and t.lookback = key.lookback and t.month_start = key.month_start
      and t.currency = key.currency
      and case key.dimension ${whenOfValue.join(' ')} end`,
    figures: {
      conversions: { of: 'coalesce(sum(t.share_ppb), 0) / 1e9' },
      revenue: { of: 'coalesce(sum(t.value), 0)' },
    },
  },
  {
    table: 'fct_ad_spend',
    when: "key.dimension = 'channel' or (key.dimension = 'campaign' and key.value <> 'none')",
    where: `t.currency = key.currency and ${inMonth('t.spent_day')}
      and case key.dimension when 'channel' then t.channel else t.campaign end = key.value`,
    figures: { spend: { of: 'sum(t.amount)' } },
  },
  {
    view: 'int_attribution_paths',
    when: "key.dimension = 'training'",
    columns: ['conversions', 'revenue', 'share', 'rank'],
  },
];

export const attributionSummary = defineMart({ sql, contract, rows });
