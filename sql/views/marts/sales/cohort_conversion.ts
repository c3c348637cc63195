import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import {
  contactInSegment,
  firstPurchaseAt,
  inWeek,
  msBetween,
  type RowsBehind,
} from '../../../rows-behind.ts';
import { belowThreshold } from '../columns.ts';
import sql from './cohort_conversion.sql';

const contract = {
  name: 'cohort_conversion',
  kind: 'mart',
  answers:
    'What part of the leads of a week has bought by which age, and do younger weeks keep pace ' +
    'with older ones?',
  grain: ['cohort', 'dimension', 'value', 'age_days'],
  columns: [
    {
      name: 'cohort',
      type: 'string',
      description: 'ISO week in which the leads were added (YYYY-Www), or all.',
    },
    { name: 'week_start', type: 'date', description: 'Monday of that week; empty for all.' },
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
      name: 'age_days',
      type: 'integer',
      description:
        'Whole days since the lead was added. A row stands at each age at which somebody ' +
        'bought, or was last seen without having bought.',
    },
    {
      name: 'at_risk',
      type: 'integer',
      description: 'Leads watched up to this age that had not bought before it.',
    },
    {
      name: 'converted',
      type: 'integer',
      description: 'Leads that made their first purchase at this age.',
      additive: true,
    },
    {
      name: 'censored',
      type: 'integer',
      description:
        'Leads that are of this age now and have not bought: nobody has seen yet what they will ' +
        'do.',
      additive: true,
    },
    {
      name: 'conversion_rate',
      type: 'rate',
      description:
        'Part of the leads that has bought by this age (Kaplan–Meier): 1 less the product, over ' +
        'the ages so far, of 1 − converted ÷ at_risk. It allows for leads that are too young to ' +
        'have bought. Show it as it is; it is no sum over a sum.',
      metric: {
        owner: 'sales',
        healthy_range: 'at the same age, within the interval of the cohorts before',
        what_to_do_when_worse:
          'Compare channels and lead types at that age, then the speed to lead of those weeks.',
      },
    },
    {
      name: 'conversion_rate_lo',
      type: 'rate',
      description:
        'Lower bound of the rate’s 95 % interval (log-log, Greenwood); empty before the first ' +
        'purchase and where all have bought.',
    },
    {
      name: 'conversion_rate_hi',
      type: 'rate',
      description: 'Upper bound of the rate’s 95 % interval.',
    },
    {
      name: 'leads',
      type: 'integer',
      description: 'Leads of the cohort and segment, the same in each of its rows.',
    },
    belowThreshold,
  ],
  chartFilter: [
    { column: 'cohort', exclude: ['all'] },
    { column: 'dimension', include: ['all'] },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'in step with the size of the cohort',
    what_to_do_when_worse: 'Read conversion_rate first: it allows for the cohort’s size and age.',
  },
  sheets: { where: `dimension in ('all', 'channel', 'lead_type')` },
  through: 'week_start',
} as const satisfies Contract;

const bought = `${firstPurchaseAt} is not null`;
const watchedMs = msBetween('t.lead_added_at', `coalesce(${firstPurchaseAt}, t.as_of)`);

/** Whole days from being added to buying, or to the night where the lead has not bought. */
const age = `floor(greatest(${watchedMs}, 0) / 86400000.0)`;

const rows: RowsBehind[] = [
  {
    table: 'dim_contact',
    where: `${contactInSegment} and (key.cohort = 'all' or ${inWeek('t.lead_added_day')})`,
    figures: {
      leads: {},
      at_risk: { only: `${age} >= key.age_days` },
      converted: { only: `${age} = key.age_days and ${bought}` },
      censored: { only: `${age} = key.age_days and not ${bought}` },
    },
  },
];

export const cohortConversion = defineMart({ sql, contract, rows });
