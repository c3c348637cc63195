import { type Contract, rateColumns } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { inHouseCurrency, inOtherCurrency, type RowsBehind } from '../../../rows-behind.ts';
import sql from './training_outcomes.sql';

const contract = {
  name: 'training_outcomes',
  kind: 'mart',
  answers: 'Who finishes the training bought, batch by batch, and what did it bring?',
  grain: ['product', 'cohort'],
  columns: [
    { name: 'product', type: 'string', description: 'The training bought.' },
    {
      name: 'cohort',
      type: 'string',
      description: 'The batch joined; unknown where none is stated.',
    },
    {
      name: 'enrolled',
      type: 'integer',
      description:
        'Enrolments, whatever became of them: one-off purchases, and subscriptions begun ' +
        '(receipts after the first are none).',
      additive: true,
    },
    {
      name: 'in_progress',
      type: 'integer',
      description: 'Of enrolled, under way now.',
      additive: true,
    },
    {
      name: 'completed',
      type: 'integer',
      description: 'Of enrolled, completed by now.',
      additive: true,
    },
    { name: 'dropped', type: 'integer', description: 'Of enrolled, given up.', additive: true },
    ...rateColumns('completion_rate', {
      description: 'completed ÷ enrolled.',
      ratio: { numerator: 'completed', denominator: 'enrolled' },
      metric: {
        owner: 'delivery',
        healthy_range: 'no worse than the batches before, once a batch is over',
        what_to_do_when_worse:
          'Talk to those who dropped out of the batch, then look at what was sold to them.',
      },
    }),
    {
      name: 'below_threshold',
      type: 'boolean',
      description: 'Fewer enrolments than a rate should be read from.',
    },
    {
      name: 'certificates',
      type: 'integer',
      description: 'Of enrolled, given a certificate.',
      additive: true,
    },
    {
      name: 'refunded',
      type: 'integer',
      description: 'Of enrolled, given all their money back.',
      additive: true,
    },
    {
      name: 'revenue',
      type: 'money',
      description: 'All purchases and receipts less refunds, in the house currency.',
      additive: true,
    },
    { name: 'currency', type: 'string', description: 'The house currency.' },
    {
      name: 'other_currency_purchases',
      type: 'integer',
      description:
        'Purchases and receipts in other currencies, counted here and left out of revenue.',
      additive: true,
    },
    {
      name: 'not_started',
      type: 'integer',
      description: 'Of enrolled, neither under way nor completed nor given up.',
      additive: true,
    },
    {
      name: 'first_day',
      type: 'date',
      description: 'Day of the first purchase of the training in this batch.',
    },
  ],
  metric: {
    owner: 'delivery',
    healthy_range: 'dropped and refunded no more than in the batches before',
    what_to_do_when_worse:
      'Talk to those who dropped out of the batch, then look at what was sold to them.',
  },
  sheets: 'all',
  through: 'first_day',
} as const satisfies Contract;

/** The purchase that a refund names; another row names itself. */
const bought = (column: string): string => `coalesce((
  select p.${column} from fct_purchase as p
  where p.contact_key = t.contact_key and p.purchase_key = t.refund_of
), t.${column})`;
const enrolled = "t.kind <> 'refund' and t.is_run_start";
const completed =
  "t.status <> 'dropped' and (t.completed_at is not null or t.status = 'completed')";

const rows: RowsBehind[] = [
  {
    table: 'fct_purchase',
    where: `${bought('training')} = key.product and ${bought('cohort')} = key.cohort`,
    figures: {
      enrolled: { only: enrolled },
      completed: { only: `${enrolled} and ${completed}` },
      certificates: { only: `${enrolled} and t.certificate_issued` },
      refunded: { only: `${enrolled} and t.is_refunded` },
      revenue: { only: inHouseCurrency, of: 'coalesce(sum(t.amount), 0)' },
      other_currency_purchases: { only: inOtherCurrency },
    },
  },
];

export const trainingOutcomes = defineMart({ sql, contract, rows });
