import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './revenue.sql';
import { rows } from './revenue_rows.ts';

const contract = {
  name: 'revenue',
  kind: 'mart',
  answers:
    'What are the customers of a month worth, by where they came from and what they bought first?',
  grain: ['dimension', 'value', 'cohort', 'currency'],
  columns: [
    {
      name: 'dimension',
      type: 'string',
      description:
        'What value names: channel, campaign or message of the first touch before the first ' +
        'purchase; training or agent of that purchase; lead_type, offer, term, year_level or ' +
        'tier of the customer; or all customers together.',
    },
    {
      name: 'value',
      type: 'string',
      description:
        'The channel, training… ; unknown where none is stated, unattributed without a touch, ' +
        'none where the touch has no such thing.',
    },
    { name: 'cohort', type: 'string', description: 'Month of the first purchase (YYYY-MM).' },
    { name: 'month_start', type: 'date', description: 'First day of that month.' },
    {
      name: 'currency',
      type: 'string',
      description: 'Currency of the row. Never add up different ones.',
    },
    {
      name: 'customers',
      type: 'integer',
      description:
        'Customers of the month with a purchase in this currency; who bought in two currencies ' +
        'is in both rows.',
      additive: true,
    },
    {
      name: 'one_off',
      type: 'money',
      description: 'Their one-off purchases to now.',
      additive: true,
    },
    {
      name: 'subscription_receipts',
      type: 'money',
      description: 'Their subscription receipts to now.',
      additive: true,
    },
    {
      name: 'refunds',
      type: 'money',
      description: 'What they were given back to now, as a positive amount.',
      additive: true,
    },
    {
      name: 'net',
      type: 'money',
      description: 'one_off + subscription_receipts − refunds: all that they have brought to now.',
      additive: true,
      metric: {
        owner: 'founder',
        healthy_range: 'no less than months of the same age',
        what_to_do_when_worse:
          'See which channel or training of the month fell short, then its customers and refunds.',
      },
    },
    {
      name: 'mrr',
      type: 'money',
      description:
        'Monthly recurring revenue now: of each running subscription the last receipt ÷ its ' +
        'months. It is a rate, and no part of net.',
      additive: true,
      metric: {
        owner: 'founder',
        healthy_range: 'no less than last month',
        what_to_do_when_worse: 'Compare active with churned: fewer customers, or smaller receipts?',
      },
    },
    {
      name: 'ltv_30',
      type: 'money',
      description:
        'Net revenue of a customer in the first 30 days, on average over those who bought at ' +
        'least 30 days ago; empty where there are none.',
      ratio: { numerator: 'net_30', denominator: 'customers_30' },
      metric: {
        owner: 'founder',
        healthy_range: 'above what a customer costs to win',
        what_to_do_when_worse:
          'Compare channels: a cheap channel may bring customers who do not come back.',
      },
    },
    {
      name: 'ltv_90',
      type: 'money',
      description: 'The same over 90 days.',
      ratio: { numerator: 'net_90', denominator: 'customers_90' },
    },
    {
      name: 'ltv_365',
      type: 'money',
      description: 'The same over 365 days.',
      ratio: { numerator: 'net_365', denominator: 'customers_365' },
    },
    {
      name: 'active',
      type: 'integer',
      description: 'Customers with a subscription that runs now.',
      additive: true,
    },
    {
      name: 'churned',
      type: 'integer',
      description: 'Customers who had a subscription and have none that runs now.',
      additive: true,
    },
    {
      name: 'customers_30',
      type: 'integer',
      description: 'Customers who bought first at least 30 days ago.',
      additive: true,
    },
    {
      name: 'net_30',
      type: 'money',
      description: 'Their net revenue in their first 30 days.',
      additive: true,
    },
    {
      name: 'customers_90',
      type: 'integer',
      description: 'Customers who bought first at least 90 days ago.',
      additive: true,
    },
    {
      name: 'net_90',
      type: 'money',
      description: 'Their net revenue in their first 90 days.',
      additive: true,
    },
    {
      name: 'customers_365',
      type: 'integer',
      description: 'Customers who bought first at least 365 days ago.',
      additive: true,
    },
    {
      name: 'net_365',
      type: 'money',
      description: 'Their net revenue in their first 365 days.',
      additive: true,
    },
    {
      name: 'is_house_currency',
      type: 'boolean',
      description: 'The row’s currency is the house’s own, so that a chart may add its money up.',
    },
  ],
  chartFilter: [
    { column: 'dimension', include: ['all'] },
    { column: 'is_house_currency', include: [true] },
  ],
  metric: {
    owner: 'founder',
    healthy_range: 'no less than months of the same age',
    what_to_do_when_worse:
      'See which channel or training of the month fell short, then its customers and refunds.',
  },
  sheets: 'all',
  through: 'month_start',
} as const satisfies Contract;

export const revenue = defineMart({ sql, contract, rows });
