import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import { weekStart } from '../columns.ts';
import sql from './objections.sql';

const contract = {
  name: 'objections',
  kind: 'mart',
  answers: 'What do people object in calls, and which objections are won over all the same?',
  grain: ['period', 'objection'],
  columns: [
    {
      name: 'period',
      type: 'string',
      description: 'ISO week in which the calls were completed (YYYY-Www).',
    },
    weekStart,
    {
      name: 'objection',
      type: 'string',
      description:
        'What was objected, as a code of the house’s list; other where no word of it is on the ' +
        'list.',
    },
    {
      name: 'raised',
      type: 'integer',
      description:
        'Calls completed that week, dials among them, in which it was raised; a call may raise ' +
        'several.',
      additive: { per: ['objection'] },
    },
    {
      name: 'won',
      type: 'integer',
      description: 'Of these, calls with somebody whose deal is closed by now.',
      additive: { per: ['objection'] },
    },
    ...rateColumns('win_rate', {
      description: 'won ÷ raised.',
      ratio: { numerator: 'won', denominator: 'raised' },
      metric: {
        owner: 'sales',
        healthy_range: 'not far below the deal conversion of all completed calls',
        what_to_do_when_worse:
          'Listen to the calls that won against this objection, and put their words in the ' +
          'playbook.',
      },
    }),
    {
      name: 'below_threshold',
      type: 'boolean',
      description: 'Fewer calls than a rate should be read from.',
    },
    {
      name: 'median_days_to_close',
      type: 'number',
      description:
        'Days from the call to the closed deal that half of the won ones needed at most; 0 ' +
        'where it was closed before.',
    },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'raised no more often than in the weeks before',
    what_to_do_when_worse: 'Write the best answer to it into the playbook and practise it.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

const rows: RowsBehind[] = [
  { view: 'stg_calls', columns: ['raised', 'won', 'win_rate', 'median_days_to_close'] },
];

export const objections = defineMart({ sql, contract, rows });
