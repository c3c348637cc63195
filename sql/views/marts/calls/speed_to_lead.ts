import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import { belowThreshold, weekStart } from '../columns.ts';
import { connected } from './counted-attempts.ts';
import sql from './speed_to_lead.sql';

const contract = {
  name: 'speed_to_lead',
  kind: 'mart',
  answers: 'How soon are new leads called, and do those called sooner connect and buy more often?',
  grain: ['period', 'lead_type', 'bucket'],
  order: ['period', 'lead_type', 'bucket_no'],
  columns: [
    {
      name: 'period',
      type: 'string',
      description: 'ISO week in which the leads were added (YYYY-Www).',
    },
    weekStart,
    {
      name: 'lead_type',
      type: 'string',
      description: 'Type of the leads; unknown where none is stated.',
    },
    {
      name: 'bucket',
      type: 'string',
      description:
        'Time to the first phone call in ten steps; or whatsapp_only, deliberately_skipped or ' +
        'never_called.',
    },
    {
      name: 'bucket_no',
      type: 'integer',
      description: 'Order of the buckets, 1 the fastest; 11 to 13 were not phoned.',
    },
    {
      name: 'category',
      type: 'string',
      description:
        'phone for the ten buckets, else whatsapp_only, deliberately_skipped or never_called.',
    },
    {
      name: 'leads',
      type: 'integer',
      description: 'Leads in this row; each lead stands in exactly one.',
      additive: true,
    },
    {
      name: 'all_leads',
      type: 'integer',
      description: 'Leads of that week and type over all rows.',
    },
    {
      name: 'share',
      type: 'number',
      description:
        'leads ÷ all_leads. Over several weeks or types, take the part of the sums of leads ' +
        'instead.',
      metric: {
        owner: 'sales',
        healthy_range: 'most of the week’s leads in the buckets below an hour, few never called',
        what_to_do_when_worse:
          'See who was free when the leads of the slow buckets came, and give that hour to them.',
      },
    },
    {
      name: 'connected',
      type: 'integer',
      description: 'Leads reached by any attempt by now.',
      additive: true,
    },
    ...rateColumns('connected_rate', {
      description: 'connected ÷ leads.',
      ratio: { numerator: 'connected', denominator: 'leads' },
      metric: {
        owner: 'sales',
        healthy_range: 'highest in the fastest buckets',
        what_to_do_when_worse:
          'Call sooner: move the leads of the slow buckets to whoever is free.',
      },
    }),
    {
      name: 'paid',
      type: 'integer',
      description: 'Leads with an unrefunded purchase by now.',
      additive: true,
    },
    ...rateColumns('paid_rate', {
      description: 'paid ÷ leads.',
      ratio: { numerator: 'paid', denominator: 'leads' },
      metric: {
        owner: 'sales',
        healthy_range: 'highest in the fastest buckets',
        what_to_do_when_worse:
          'Compare with connected_rate: reached but unpaid is a matter of the offer, not of speed.',
      },
    }),
    belowThreshold,
    {
      name: 'median_minutes_wall',
      type: 'number',
      description:
        'Minutes on the clock to the call that placed the lead here, for the median lead.',
      metric: {
        owner: 'sales',
        healthy_range: 'below 60 minutes for leads that are called',
        what_to_do_when_worse: 'Call sooner: see at which hours leads come and nobody calls.',
      },
    },
    {
      name: 'median_minutes_business',
      type: 'number',
      description: 'The same counting only business hours, Monday to Friday.',
      metric: {
        owner: 'sales',
        healthy_range: 'below 30 minutes for leads that are called',
        what_to_do_when_worse: 'Give each hour of the day somebody who calls new leads first.',
      },
    },
    {
      name: 'precision_seconds',
      type: 'integer',
      description:
        'How exact the minutes are: 0 for calls; 60 for WhatsApp, whose outcomes are looked for ' +
        'each minute.',
    },
  ],
  metric: {
    owner: 'sales',
    healthy_range: 'most leads in the buckets below an hour',
    what_to_do_when_worse: 'Move the leads of the slow buckets to whoever is free.',
  },
  sheets: 'all',
  through: 'week_start',
} as const satisfies Contract;

const ofWeekAndType = 't.week_start = key.week_start and t.lead_type = key.lead_type';

const rows: RowsBehind[] = [
  {
    table: 'fct_speed_to_lead',
    where: `${ofWeekAndType} and t.bucket = key.bucket`,
    figures: {
      leads: {},
      connected,
      paid: {
        only: `exists (
          select 1 from fct_purchase as p
          where p.contact_key = t.contact_key and p.kind <> 'refund' and not p.is_refunded
        )`,
      },
      median_minutes_wall: { of: 'quantile_disc(t.minutes_wall, 0.5)' },
      median_minutes_business: { of: 'quantile_disc(t.minutes_business, 0.5)' },
    },
  },
  { table: 'fct_speed_to_lead', where: ofWeekAndType, figures: { all_leads: {} } },
];

export const speedToLead = defineMart({ sql, contract, rows });
