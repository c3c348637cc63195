import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './fct_purchase.sql';

const contract = {
  name: 'fct_purchase',
  kind: 'fact',
  answers: 'Every purchase, subscription receipt and refund, one row each.',
  grain: ['contact_key', 'purchase_key'],
  columns: [
    { name: 'contact_key', type: 'string', description: 'The buyer, as a keyed hash.' },
    { name: 'purchase_key', type: 'string', description: 'The purchase.' },
    { name: 'source', type: 'string', description: 'Where it came from.' },
    { name: 'purchased_at', type: 'timestamp', description: 'When it was made.' },
    { name: 'purchased_day', type: 'date', description: 'The business day of that.' },
    { name: 'training', type: 'string', description: 'The product.' },
    {
      name: 'kind',
      type: 'string',
      description: 'one_off, subscription (one receipt) or refund (a negative row).',
    },
    {
      name: 'amount',
      type: 'money',
      description: 'Amount, negative for a refund.',
      additive: { per: ['currency'] },
    },
    {
      name: 'currency',
      type: 'string',
      description: 'Currency of the amounts. Never add up different ones.',
    },
    { name: 'refunded', type: 'money', description: 'What later refunds gave back of it.' },
    { name: 'is_refunded', type: 'boolean', description: 'Refunds reached its amount.' },
    {
      name: 'refund_of',
      type: 'string',
      description:
        'The purchase that a refund names; given back where it is the same person’s in the same ' +
        'currency.',
    },
    { name: 'is_first_purchase', type: 'boolean', description: 'The buyer’s first.' },
    {
      name: 'is_run_start',
      type: 'boolean',
      description: 'Opens something new: a one-off, or a subscription’s first receipt.',
    },
    {
      name: 'agent',
      type: 'string',
      description:
        'Who sold it: the agent named, else the last to reach the buyer before; unknown where ' +
        'there is none.',
    },
    {
      name: 'cohort',
      type: 'string',
      description: 'The batch joined; unknown where none is stated.',
    },
    { name: 'status', type: 'string', description: 'enrolled, in_progress, completed or dropped.' },
    { name: 'completed_at', type: 'timestamp', description: 'When the training was completed.' },
    { name: 'payment_method', type: 'string', description: 'How it was paid.' },
    { name: 'certificate_issued', type: 'boolean', description: 'A certificate was given.' },
  ],
  sheets: 'none',
  byContact: true,
  through: 'purchased_at',
} as const satisfies Contract;

export const fctPurchase = defineMart({ sql, contract });
