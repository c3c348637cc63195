import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { contactKey } from '../columns.ts';
import sql from './fct_status_change.sql';

const contract = {
  name: 'fct_status_change',
  kind: 'fact',
  answers: 'When did each contact change status or stage, and what made it so?',
  grain: ['contact_key', 'field', 'occurred_at'],
  columns: [
    contactKey,
    { name: 'field', type: 'string', description: 'lead_status, sales_stage or unsubscribed.' },
    {
      name: 'change_no',
      type: 'integer',
      description: 'Place of the change in the history of that field.',
    },
    { name: 'occurred_at', type: 'timestamp', description: 'When it took effect.' },
    { name: 'from_value', type: 'string', description: 'What held before; empty at the opening.' },
    { name: 'to_value', type: 'string', description: 'What holds from then on.' },
    {
      name: 'left_at',
      type: 'timestamp',
      description: 'When the next change ended it; empty while it holds.',
    },
    { name: 'is_present', type: 'boolean', description: 'It holds now.' },
    {
      name: 'cause',
      type: 'string',
      description: 'The event that decided it; silence or lapsed where time did.',
    },
    { name: 'rule_id', type: 'string', description: 'The rule that says so.' },
  ],
  sheets: 'none',
  byContact: true,
  through: 'occurred_at',
} as const satisfies Contract;

export const fctStatusChange = defineMart({ sql, contract });
