import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { inWeek, msBetween, type RowsBehind, whoseContact } from '../../../rows-behind.ts';
import { belowThreshold } from '../columns.ts';
import sql from './agent_performance.sql';
import { connected, countPeople, talkMinutes } from './counted-attempts.ts';

const contract = {
  name: 'agent_performance',
  kind: 'mart',
  answers:
    'How much does each agent call and sell, and is that more than the leads they were given ' +
    'would explain?',
  grain: ['agent', 'dimension', 'value', 'period'],
  columns: [
    {
      name: 'agent',
      type: 'string',
      description: 'The agent; unknown where no call or purchase names one.',
    },
    {
      name: 'dimension',
      type: 'string',
      description: 'What value names: all leads, lead_type or term.',
    },
    {
      name: 'value',
      type: 'string',
      description: 'The segment; unknown where the lead states none.',
    },
    { name: 'period', type: 'string', description: 'ISO week (YYYY-Www), or all.' },
    { name: 'week_start', type: 'date', description: 'Monday of that week; empty for all.' },
    {
      name: 'leads_handled',
      type: 'integer',
      description: 'Different leads that the agent tried in the period.',
      additive: { per: ['agent', 'period'] },
    },
    { name: 'dials', type: 'integer', description: 'Attempts made.', additive: true },
    {
      name: 'connected',
      type: 'integer',
      description: 'Attempts that reached the lead.',
      additive: true,
    },
    ...rateColumns('pickup_rate', {
      description: 'connected ÷ dials.',
      ratio: { numerator: 'connected', denominator: 'dials' },
      metric: {
        owner: 'sales',
        healthy_range: 'within the interval of the house’s own rate',
        what_to_do_when_worse:
          'Look at the hours of the dials and at the age of the leads handed out.',
      },
    }),
    belowThreshold,
    {
      name: 'paid_conversions',
      type: 'integer',
      description:
        'First purchases in the period credited to the agent: the one that the purchase names, ' +
        'else the last who reached the buyer before it.',
      additive: true,
    },
    {
      name: 'paid_per_lead',
      type: 'number',
      description: 'paid_conversions ÷ leads_handled.',
      ratio: { numerator: 'paid_conversions', denominator: 'leads_handled' },
      metric: {
        owner: 'sales',
        healthy_range: 'performance_index not below 1 beyond chance',
        what_to_do_when_worse:
          'Read performance_index first: it allows for which leads the agent was given.',
      },
    },
    {
      name: 'paid_per_100_dials',
      type: 'number',
      description: 'First purchases for every hundred attempts.',
      ratio: { numerator: 'paid_conversions', denominator: 'dials', times: 100 },
    },
    {
      name: 'talk_minutes',
      type: 'number',
      description: 'Minutes of the attempts that reached the lead.',
      additive: true,
    },
    {
      name: 'median_speed_minutes',
      type: 'number',
      description:
        'Minutes from lead to first attempt, for the median of the leads whose first attempt ' +
        'was this agent’s.',
      metric: {
        owner: 'sales',
        healthy_range: 'close to the house’s own median',
        what_to_do_when_worse: 'See whether the leads are handed over late or called late.',
      },
    },
    {
      name: 'expected_paid',
      type: 'number',
      description:
        'First purchases that the same leads would bring at the house’s own rate for their type ' +
        'and tier. Empty for unknown.',
      additive: true,
    },
    {
      name: 'performance_index',
      type: 'number',
      description:
        'paid_conversions ÷ expected_paid: 1 is as the house does. Empty where less than one ' +
        'sale was expected.',
      ratio: { numerator: 'paid_conversions', denominator: 'expected_paid' },
      metric: {
        owner: 'sales',
        healthy_range: 'an interval that is not wholly below 1',
        what_to_do_when_worse:
          'Listen to calls of the best and of the worst on the same type of lead.',
      },
    },
    {
      name: 'performance_index_lo',
      type: 'number',
      description:
        'Lower bound of the index’s 95 % interval; above 1, the agent sells more than chance ' +
        'explains. Empty where the index is, and above 1,000 sales, where the table of bounds ' +
        'ends.',
    },
    {
      name: 'performance_index_hi',
      type: 'number',
      description:
        'Upper bound of the index’s 95 % interval; below 1, less than chance explains. Empty ' +
        'where the lower one is.',
    },
  ],
  chartFilter: [
    { column: 'dimension', include: ['all'] },
    { column: 'period', exclude: ['all'] },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'within the range of the agent’s own weeks before',
    what_to_do_when_worse:
      'Look at the hours worked and the leads handed out before looking at the person.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

const segment = "case key.dimension when 'lead_type' then c.lead_type else c.term end";

/** The agent's period and the lead's segment, for a fact of the day `day`. */
const ofAgent = (day: string): string => `t.agent = key.agent
  and (key.period = 'all' or ${inWeek(day)})
  and (
    key.dimension = 'all'
    or ${whoseContact(`${segment} = key.value`)}
  )`;

const leadAddedAt =
  '(select c.lead_added_at from dim_contact as c where c.contact_key = t.contact_key)';

const rows: RowsBehind[] = [
  {
    table: 'fct_call_attempt',
    where: ofAgent('t.attempted_day'),
    figures: {
      dials: {},
      connected,
      talk_minutes: talkMinutes,
      leads_handled: { of: countPeople },
      median_speed_minutes: {
        only: 't.attempt_no = 1',
        of: `quantile_disc(${msBetween(leadAddedAt, 't.attempted_at')}, 0.5) / 60000.0`,
      },
    },
  },
  {
    table: 'fct_purchase',
    where: `t.is_first_purchase and ${ofAgent('t.purchased_day')}`,
    figures: { paid_conversions: {} },
  },
];

export const agentPerformance = defineMart({ sql, contract, rows });
