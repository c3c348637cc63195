import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './fct_ad_spend.sql';

const contract = {
  name: 'fct_ad_spend',
  kind: 'fact',
  answers: 'What was spent on advertising, by channel, campaign and day?',
  grain: ['spend_key'],
  columns: [
    {
      name: 'spend_key',
      type: 'string',
      description: 'Names the channel, campaign and day of one source.',
    },
    { name: 'source', type: 'string', description: 'Where the figure came from.' },
    {
      name: 'spent_at',
      type: 'timestamp',
      description: 'The instant that was stated: the day’s first where only the day was.',
    },
    { name: 'spent_day', type: 'date', description: 'Business day.' },
    { name: 'channel', type: 'string', description: 'Channel, as touches name it.' },
    {
      name: 'campaign',
      type: 'string',
      description: 'Campaign; none where the figure names none.',
    },
    { name: 'amount', type: 'money', description: 'What was spent.' },
    { name: 'currency', type: 'string', description: 'Its currency.' },
  ],
  sheets: 'none',
  through: 'spent_day',
} as const satisfies Contract;

export const fctAdSpend = defineMart({ sql, contract });
