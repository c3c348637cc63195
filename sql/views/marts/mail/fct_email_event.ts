import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { contactKey, sequenceVersion, stepNumber } from '../columns.ts';
import sql from './fct_email_event.sql';

const contract = {
  name: 'fct_email_event',
  kind: 'fact',
  answers: 'What happened to each message, event by event, and was it a person or a machine?',
  grain: ['event_id'],
  columns: [
    contactKey,
    { name: 'event_id', type: 'string', description: 'The provider’s id of the event.' },
    { name: 'message_id', type: 'string', description: 'The provider’s id of the message.' },
    {
      name: 'event_type',
      type: 'string',
      description:
        'sent, delivered, opened, clicked, replied, bounced…; auto_replied is no reply: out of ' +
        'office and delivery reports.',
    },
    { name: 'occurred_at', type: 'timestamp', description: 'When it happened.' },
    { name: 'occurred_day', type: 'date', description: 'Business day.' },
    {
      name: 'actor',
      type: 'string',
      description: 'human, machine or unknown; unknown counts as human.',
    },
    { name: 'is_human', type: 'boolean', description: 'Counts as a person’s doing.' },
    { name: 'bounce_type', type: 'string', description: 'hard or soft, for a bounce.' },
    {
      name: 'campaign',
      type: 'string',
      description: 'Campaign of the message; none where it names none.',
    },
    sequenceVersion,
    stepNumber,
  ],
  sheets: 'none',
  byContact: true,
  through: 'occurred_day',
} as const satisfies Contract;

export const fctEmailEvent = defineMart({ sql, contract });
