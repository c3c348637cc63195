import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { sequenceVersion } from '../columns.ts';
import sql from './dim_sequence_step.sql';

const contract = {
  name: 'dim_sequence_step',
  kind: 'dimension',
  answers: 'Which steps has each version of a campaign’s sequence?',
  grain: ['campaign', 'sequence_version', 'step_number'],
  columns: [
    {
      name: 'campaign',
      type: 'string',
      description: 'The campaign’s id; none where the message names none.',
    },
    sequenceVersion,
    { name: 'step_number', type: 'integer', description: 'Place of the step in it.' },
    {
      name: 'email_type',
      type: 'string',
      description: 'Kind of mail; unknown where none is stated.',
    },
    {
      name: 'is_last_version',
      type: 'boolean',
      description: 'Belongs to the campaign’s newest version.',
    },
    { name: 'first_sent_at', type: 'timestamp', description: 'First message of the step sent.' },
    { name: 'last_sent_at', type: 'timestamp', description: 'Latest message of the step sent.' },
  ],
  sheets: 'none',
} as const satisfies Contract;

export const dimSequenceStep = defineMart({ sql, contract });
