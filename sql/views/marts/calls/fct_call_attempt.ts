import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { contactKey } from '../columns.ts';
import sql from './fct_call_attempt.sql';

const contract = {
  name: 'fct_call_attempt',
  kind: 'fact',
  answers: 'Every attempt to reach a lead, one row each.',
  grain: ['contact_key', 'call_key'],
  columns: [
    contactKey,
    { name: 'call_key', type: 'string', description: 'The call.' },
    {
      name: 'source',
      type: 'string',
      description: 'Where it came from: aircall, discord or manual.',
    },
    {
      name: 'class',
      type: 'string',
      description: 'How it ended: done, voicemail, connected or booked.',
    },
    { name: 'agent', type: 'string', description: 'Who called; unknown where nobody is named.' },
    {
      name: 'attempted_at',
      type: 'timestamp',
      description: 'When the call began, or its outcome was first seen.',
    },
    { name: 'attempted_day', type: 'date', description: 'The business day of that.' },
    {
      name: 'attempt_no',
      type: 'integer',
      description: 'Which attempt at this lead it was, 1 the first.',
    },
    { name: 'is_phone', type: 'boolean', description: 'By telephone, not WhatsApp.' },
    { name: 'is_connected', type: 'boolean', description: 'The lead was reached.' },
    { name: 'is_voicemail', type: 'boolean', description: 'It ended on voicemail.' },
    {
      name: 'duration_seconds',
      type: 'integer',
      description: 'Length in seconds.',
      additive: true,
    },
    { name: 'lead_type', type: 'string', description: 'Type of the lead.' },
  ],
  sheets: 'none',
  byContact: true,
  through: 'attempted_at',
} as const satisfies Contract;

export const fctCallAttempt = defineMart({ sql, contract });
