import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import {
  contactInSegment,
  inWeek,
  msBetween,
  type RowsBehind,
  whoseContact,
  whoseContactInSegment,
} from '../../../rows-behind.ts';
import { belowThreshold, weekStart } from '../columns.ts';
import sql from './funnel.sql';

const contract = {
  name: 'funnel',
  kind: 'mart',
  answers: 'How far do the leads of a week get, and how long do they take?',
  grain: ['ladder', 'cohort', 'dimension', 'value', 'stage'],
  order: ['ladder', 'cohort', 'dimension', 'value', 'stage_no'],
  columns: [
    { name: 'ladder', type: 'string', description: 'lifecycle or pipeline.' },
    { name: 'cohort', type: 'string', description: 'ISO week in which the leads were added.' },
    weekStart,
    {
      name: 'dimension',
      type: 'string',
      description: 'What value names: all, channel, lead_type or tier.',
    },
    { name: 'value', type: 'string', description: 'The segment.' },
    { name: 'stage', type: 'string', description: 'Stage or off-ladder status.' },
    { name: 'stage_no', type: 'integer', description: 'Place on the ladder; empty off it.' },
    {
      name: 'leads',
      type: 'integer',
      description: 'Leads of the cohort.',
      additive: { per: ['stage'] },
    },
    {
      name: 'entered',
      type: 'integer',
      description: 'Leads recorded in this very stage, whether they unsubscribed since or not.',
      additive: { per: ['stage'] },
    },
    {
      name: 'reached',
      type: 'integer',
      description:
        'Leads that ever stood here or above; all of them for the first stage, empty off the ' +
        'ladder.',
      additive: { per: ['stage'] },
    },
    {
      name: 'current_count',
      type: 'integer',
      description: 'Leads that stand here now.',
      additive: true,
    },
    {
      name: 'open_value',
      type: 'money',
      description: 'Expected value of the open deals that stand here.',
      additive: true,
    },
    {
      name: 'reached_previous',
      type: 'integer',
      description: 'reached of the stage before.',
      additive: { per: ['stage'] },
    },
    {
      name: 'reached_top',
      type: 'integer',
      description: 'reached of the first stage.',
      additive: { per: ['stage'] },
    },
    ...rateColumns('from_previous_rate', {
      description: 'reached ÷ reached of the stage before.',
      ratio: { numerator: 'reached', denominator: 'reached_previous' },
      metric: {
        owner: 'sales',
        healthy_range: 'no worse than the cohorts before',
        what_to_do_when_worse: 'Work the stage that loses most first.',
      },
    }),
    ...rateColumns('from_top_rate', {
      description: 'reached ÷ all leads of the cohort.',
      ratio: { numerator: 'reached', denominator: 'reached_top' },
      metric: {
        owner: 'sales',
        healthy_range: 'no worse than the cohorts before',
        what_to_do_when_worse: 'Compare channels and lead types at this stage.',
      },
    }),
    belowThreshold,
    {
      name: 'median_days_in_stage',
      type: 'number',
      description: 'Days of the median finished stay.',
      metric: {
        owner: 'sales',
        healthy_range: 'no longer than in the cohorts before',
        what_to_do_when_worse: 'Ask what the leads of that stage wait for.',
      },
    },
    {
      name: 'p90_days_in_stage',
      type: 'number',
      description: 'Days that nine of ten finished stays do not pass.',
      metric: {
        owner: 'sales',
        healthy_range: 'a few times the median',
        what_to_do_when_worse: 'Read the leads that have stood there longest, one by one.',
      },
    },
    {
      name: 'currency',
      type: 'string',
      description: 'The house currency, in which the money of this row stands.',
    },
  ],
  chartFilter: [
    { column: 'ladder', include: ['pipeline'] },
    { column: 'dimension', include: ['all'] },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'no fewer than the cohorts before had at the same age',
    what_to_do_when_worse: 'See at which stage the leads stand, then who is to move them on.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

const standing = `case
  when t.unsubscribed then 'unsubscribed'
  when key.ladder = 'pipeline' then t.sales_stage
  else t.lead_status
end = key.stage`;
const stagesFrom = (stage_no: string): string =>
  `select f.stage from funnel as f where f.ladder = key.ladder and f.stage_no >= ${stage_no}`;
const ladderField = "case key.ladder when 'pipeline' then 'sales_stage' else 'lead_status' end";
const changed = (condition: string): string => `exists (
  select 1 from fct_status_change as s where s.contact_key = t.contact_key and ${condition}
)`;
const entered = (stages: string): string =>
  changed(`s.field = ${ladderField} and s.to_value in (${stages})`);
const recorded = `case
  when key.stage = 'unsubscribed' then ${changed("s.field = 'unsubscribed' and s.to_value = '1'")}
  else ${entered('key.stage')}
end`;
const daysStayed = (portion: number) => ({
  of: `quantile_disc(${msBetween('t.occurred_at', 't.left_at')}, ${portion}) / 86400000.0`,
});

/** A stage off the ladder has no number, and nobody climbs to it. */
const onLadder = 'case when key.stage_no is not null then count(*) end';

const rows: RowsBehind[] = [
  {
    table: 'dim_contact',
    where: `${contactInSegment} and ${inWeek('t.lead_added_day')}`,
    figures: {
      leads: {},
      entered: { only: recorded },
      reached_top: { of: onLadder },
      reached: {
        only: `(key.stage_no = 1 or ${entered(stagesFrom('key.stage_no'))})`,
        of: onLadder,
      },
      reached_previous: {
        only: `(key.stage_no = 2 or ${entered(stagesFrom('key.stage_no - 1'))})`,
        of: 'case when key.stage_no > 1 then count(*) end',
      },
      current_count: { only: standing },
      open_value: {
        only: `${standing} and t.sales_stage not in ('closed_won', 'closed_lost')`,
        of: 'coalesce(sum(t.deal_value), 0)',
      },
    },
  },
  {
    table: 'fct_status_change',
    where: `${whoseContactInSegment} and ${whoseContact(inWeek('c.lead_added_day'))}
      and t.field = ${ladderField} and t.to_value = key.stage and t.left_at is not null`,
    figures: { median_days_in_stage: daysStayed(0.5), p90_days_in_stage: daysStayed(0.9) },
  },
];

export const funnel = defineMart({ sql, contract, rows });
