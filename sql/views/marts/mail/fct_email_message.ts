import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import type { RowsBehind } from '../../../rows-behind.ts';
import { contactKey, sequenceVersion, stepNumber } from '../columns.ts';
import sql from './fct_email_message.sql';

const contract = {
  name: 'fct_email_message',
  kind: 'fact',
  answers: 'What became of each message?',
  grain: ['message_id'],
  columns: [
    contactKey,
    { name: 'message_id', type: 'string', description: 'The provider’s id of the message.' },
    { name: 'campaign', type: 'string', description: 'Campaign; none where it names none.' },
    sequenceVersion,
    stepNumber,
    { name: 'email_type', type: 'string', description: 'Kind of mail.' },
    { name: 'created_at', type: 'timestamp', description: 'When it was made.' },
    { name: 'created_day', type: 'date', description: 'Business day of making.' },
    { name: 'sent_at', type: 'timestamp', description: 'When it was sent.' },
    { name: 'sent_day', type: 'date', description: 'Business day of sending.' },
    {
      name: 'delivered_at',
      type: 'timestamp',
      description:
        'First delivery that the provider told of, else the first thing that implies one.',
    },
    { name: 'delayed_at', type: 'timestamp', description: 'First delay.' },
    { name: 'failed_at', type: 'timestamp', description: 'First failure.' },
    { name: 'bounced_at', type: 'timestamp', description: 'First bounce.' },
    { name: 'bounce_type', type: 'string', description: 'hard, soft or unknown.' },
    { name: 'opened_at', type: 'timestamp', description: 'First open, by anyone.' },
    { name: 'opened_human_at', type: 'timestamp', description: 'First open by a person.' },
    { name: 'clicked_at', type: 'timestamp', description: 'First click, by anyone.' },
    { name: 'clicked_human_at', type: 'timestamp', description: 'First click by a person.' },
    { name: 'replied_at', type: 'timestamp', description: 'First reply.' },
    { name: 'complained_at', type: 'timestamp', description: 'First complaint.' },
    { name: 'unsubscribed_at', type: 'timestamp', description: 'First unsubscribe.' },
    { name: 'suppressed_at', type: 'timestamp', description: 'When the provider held it back.' },
    {
      name: 'sending_domain',
      type: 'string',
      description: 'Domain that it was sent from; unknown where not told.',
    },
    {
      name: 'recipient_domain_group',
      type: 'string',
      description: 'Who runs the mailbox that it went to, such as gmail or corporate.',
    },
  ],
  sheets: 'none',
  byContact: true,
  through: 'sent_day',
} as const satisfies Contract;

const rows: RowsBehind[] = [
  { table: 'fct_email_event', where: 't.message_id = key.message_id', figures: {} },
];

export const fctEmailMessage = defineMart({ sql, contract, rows });
