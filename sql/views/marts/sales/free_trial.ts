import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { inWeek, type RowsBehind } from '../../../rows-behind.ts';
import { belowThreshold, weekStart } from '../columns.ts';
import sql from './free_trial.sql';

const contract = {
  name: 'free_trial',
  kind: 'mart',
  answers: 'Of the trial-class leads that were followed up, how many have bought?',
  grain: ['period', 'offer'],
  columns: [
    {
      name: 'period',
      type: 'string',
      description: 'ISO week in which the leads were added (YYYY-Www).',
    },
    weekStart,
    {
      name: 'offer',
      type: 'string',
      description: 'Subject of the trial; unknown where the lead states none.',
    },
    {
      name: 'followed_up',
      type: 'integer',
      description: 'Trial-class leads with a logged follow-up status.',
      additive: true,
    },
    {
      name: 'converted',
      type: 'integer',
      description: 'Of followed_up, those with a first purchase by now, refunded later or not.',
      additive: true,
    },
    ...rateColumns('conversion_rate', {
      description: 'converted ÷ followed_up.',
      ratio: { numerator: 'converted', denominator: 'followed_up' },
      metric: {
        owner: 'sales',
        healthy_range: 'no worse than weeks of the same age; recent weeks have had less time',
        what_to_do_when_worse:
          'Read the follow-up statuses of the trials that did not buy, offer by offer.',
      },
    }),
    belowThreshold,
    {
      name: 'blank_excluded',
      type: 'integer',
      description:
        'Trial-class leads without a logged follow-up: in no rate, and to be followed up.',
      additive: true,
    },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'blank_excluded near 0',
    what_to_do_when_worse: 'Log what came of each trial, then read conversion_rate.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

/** Whether the trial was followed up is the house's own note, so these rows are of both groups. */
const rows: RowsBehind[] = [
  {
    table: 'dim_contact',
    where: `t.lead_type = 'trial_class' and t.offer = key.offer and ${inWeek('t.lead_added_day')}`,
    figures: {},
  },
];

export const freeTrial = defineMart({ sql, contract, rows });
