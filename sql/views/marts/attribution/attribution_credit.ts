import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import {
  contactKey,
  conversionKey,
  conversionMonth,
  conversionType,
  lookback,
  touchCampaign,
  touchChannel,
  touchKey,
  touchMessage,
} from '../columns.ts';
import sql from './attribution_credit.sql';
import { sameConversion } from './attribution_touch.ts';

const contract = {
  name: 'attribution_credit',
  kind: 'fact',
  answers:
    'How much of each conversion, and of its revenue, does each touch earn under each model?',
  grain: ['contact_key', 'conversion_type', 'conversion_key', 'touch_key', 'model', 'lookback'],
  columns: [
    contactKey,
    conversionType,
    conversionKey,
    touchKey,
    {
      name: 'model',
      type: 'string',
      description: 'How credit is shared, as in attribution_summary.',
    },
    lookback,
    conversionMonth,
    {
      name: 'currency',
      type: 'string',
      description: 'Currency of value; for leads and bookings the house’s own.',
    },
    touchChannel,
    touchCampaign,
    touchMessage,
    {
      name: 'share_ppb',
      type: 'integer',
      description:
        'Part of the conversion in billionths; sums to 1,000,000,000 per conversion, model and ' +
        'lookback.',
    },
    {
      name: 'value',
      type: 'money',
      description: 'Part of its revenue, refunds taken off; sums to the revenue exactly.',
    },
  ],
  sheets: 'none',
  byContact: true,
  through: 'month_start',
} as const satisfies Contract;

const rows: RowsBehind[] = [
  {
    table: 'attribution_touch',
    where: `${sameConversion} and t.touch_key = key.touch_key`,
    figures: {},
  },
];

export const attributionCredit = defineMart({ sql, contract, rows });
