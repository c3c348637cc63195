import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import {
  contactKey,
  conversionKey,
  conversionMonth,
  conversionType,
  touchCampaign,
  touchChannel,
  touchKey,
  touchMessage,
} from '../columns.ts';
import sql from './attribution_touch.sql';

const contract = {
  name: 'attribution_touch',
  kind: 'fact',
  answers: 'Which touches came before each conversion, in which order and which role?',
  grain: ['contact_key', 'conversion_type', 'conversion_key', 'touch_key'],
  columns: [
    contactKey,
    conversionType,
    conversionKey,
    conversionMonth,
    touchKey,
    {
      name: 'position',
      type: 'integer',
      description: 'Place of the touch on the path, 1 the first; 0 where the conversion had none.',
    },
    {
      name: 'path_length',
      type: 'integer',
      description: 'Touches of the path since the conversion before it.',
    },
    {
      name: 'role',
      type: 'string',
      description:
        'first, lead (the last touch up to becoming a lead), opportunity (the first booking), ' +
        'close (the last touch), several of them with commas, or between; none where the ' +
        'conversion had no touch.',
    },
    { name: 'days_before', type: 'number', description: 'Days from the touch to the conversion.' },
    touchChannel,
    touchCampaign,
    touchMessage,
    { name: 'email_type', type: 'string', description: 'Type of that message.' },
    { name: 'step', type: 'string', description: 'Step of that message in its sequence.' },
    {
      name: 'lookback',
      type: 'string',
      description:
        'The longest lookback whose path has the touch: position, path_length and role are of ' +
        'that path. All but for what a shorter one alone credits: an unknown source with ' +
        'nothing else in reach, or unattributed where nothing is.',
    },
  ],
  sheets: 'none',
  byContact: true,
  through: 'month_start',
} as const satisfies Contract;

export const sameConversion = `t.contact_key = key.contact_key
  and t.conversion_type = key.conversion_type and t.conversion_key = key.conversion_key`;

const rows: RowsBehind[] = [
  {
    table: 'attribution_touch',
    where: `${sameConversion} and t.lookback = key.lookback`,
    figures: { path_length: { only: 't.position > 0' } },
  },
];

export const attributionTouch = defineMart({ sql, contract, rows });
