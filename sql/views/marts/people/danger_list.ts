import { rules } from '../../../../core/rules/config.ts';
import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import { nextAction } from '../columns.ts';
import sql from './danger_list.sql';

const contract = {
  name: 'danger_list',
  kind: 'mart',
  answers:
    `Which unpaid leads were tried ${rules.danger_min_attempts} times or more and never ` +
    'reached?',
  grain: ['contact_key'],
  order: ['rank'],
  columns: [
    {
      name: 'rank',
      type: 'integer',
      description: `Place: most attempts first, then the oldest lead; ${rules.danger_top} at most.`,
    },
    {
      name: 'contact_key',
      type: 'string',
      description: 'The person, as a keyed hash; the house’s own pages show who.',
    },
    { name: 'lead_type', type: 'string', description: 'Type of the lead.' },
    { name: 'attempts', type: 'integer', description: 'Attempts so far.', additive: true },
    {
      name: 'agents_tried',
      type: 'integer',
      description: 'How many agents tried, of those who are named.',
    },
    { name: 'first_attempt', type: 'timestamp', description: 'The first attempt.' },
    { name: 'last_attempt', type: 'timestamp', description: 'The latest attempt.' },
    { name: 'days_since_added', type: 'integer', description: 'Whole days since the lead came.' },
    nextAction,
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'no lead with twice the attempts after which it came here',
    what_to_do_when_worse: 'Try another hour or another channel before the next attempt.',
  },
  sheets: 'all',
  through: 'last_attempt',
} as const satisfies Contract;

const rows: RowsBehind[] = [
  {
    table: 'fct_call_attempt',
    where: 't.contact_key = key.contact_key',
    figures: {
      attempts: {},
      agents_tried: { of: "count(distinct t.agent) filter (where t.agent <> 'unknown')" },
    },
  },
];

export const dangerList = defineMart({ sql, contract, rows, isLive: true });
