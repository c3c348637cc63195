import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './dim_campaign.sql';

const contract = {
  name: 'dim_campaign',
  kind: 'dimension',
  answers: 'What is each campaign for, and when did it run?',
  grain: ['campaign'],
  columns: [
    {
      name: 'campaign',
      type: 'string',
      description: 'The campaign’s id; none where a row names none.',
    },
    {
      name: 'is_stated',
      type: 'boolean',
      description: 'The house stated it; else only facts name it.',
    },
    {
      name: 'goal',
      type: 'string',
      description: 'awareness, nurture, conversion, retention or re_engagement.',
    },
    { name: 'channel', type: 'string', description: 'email, linkedin, sms or multi.' },
    { name: 'status', type: 'string', description: 'draft, active, paused or complete.' },
    { name: 'start_at', type: 'timestamp', description: 'Planned start.' },
    { name: 'end_at', type: 'timestamp', description: 'Planned end.' },
    {
      name: 'last_sequence_version',
      type: 'integer',
      description: 'Newest version of its sequence with a message.',
    },
    { name: 'first_sent_at', type: 'timestamp', description: 'First message sent.' },
    { name: 'last_sent_at', type: 'timestamp', description: 'Latest message sent.' },
  ],
  sheets: 'none',
} as const satisfies Contract;

export const dimCampaign = defineMart({ sql, contract });
