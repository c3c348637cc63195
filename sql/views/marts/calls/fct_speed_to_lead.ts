import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { contactKey, weekStart } from '../columns.ts';
import sql from './fct_speed_to_lead.sql';

const contract = {
  name: 'fct_speed_to_lead',
  kind: 'fact',
  answers: 'Who was called how soon? One row per lead, behind speed_to_lead.',
  grain: ['contact_key'],
  columns: [
    contactKey,
    { name: 'lead_added_at', type: 'timestamp', description: 'When the lead came.' },
    { name: 'lead_added_day', type: 'date', description: 'The business day of that.' },
    { name: 'period', type: 'string', description: 'ISO week of that day (YYYY-Www).' },
    weekStart,
    { name: 'lead_type', type: 'string', description: 'Type of the lead.' },
    { name: 'term', type: 'string', description: 'Term of the lead.' },
    { name: 'tier', type: 'string', description: 'Tier of the lead, 1 to 3.' },
    {
      name: 'category',
      type: 'string',
      description: 'phone, whatsapp_only, deliberately_skipped or never_called.',
    },
    {
      name: 'bucket',
      type: 'string',
      description: 'Row of speed_to_lead in which the lead stands.',
    },
    { name: 'bucket_no', type: 'integer', description: 'Order of the buckets, 1 the fastest.' },
    {
      name: 'first_attempt_at',
      type: 'timestamp',
      description: 'The attempt that placed the lead in its row.',
    },
    {
      name: 'first_attempt_source',
      type: 'string',
      description:
        'Where that attempt came from: aircall, discord, manual; none where nobody tried.',
    },
    {
      name: 'first_attempt_class',
      type: 'string',
      description: 'How it ended: done, voicemail, connected or booked; none where nobody tried.',
    },
    {
      name: 'agent',
      type: 'string',
      description: 'Who made it; unknown where nobody is named, none where nobody tried.',
    },
    { name: 'minutes_wall', type: 'number', description: 'Minutes on the clock to that attempt.' },
    {
      name: 'minutes_business',
      type: 'number',
      description: 'The same counting only business hours.',
    },
    {
      name: 'precision_seconds',
      type: 'integer',
      description: 'How exact the minutes are: 0 for calls, 60 for WhatsApp.',
    },
    { name: 'is_connected', type: 'boolean', description: 'Reached by any attempt by now.' },
  ],
  sheets: 'none',
  byContact: true,
  through: 'lead_added_at',
} as const satisfies Contract;

export const fctSpeedToLead = defineMart({ sql, contract });
