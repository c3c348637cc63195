import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { contactKey } from '../columns.ts';
import sql from './fct_interaction.sql';

const contract = {
  name: 'fct_interaction',
  kind: 'fact',
  answers: 'What passed between the house and each contact?',
  grain: ['interaction_key', 'contact_key'],
  columns: [
    contactKey,
    { name: 'interaction_key', type: 'string', description: 'Names the happening.' },
    { name: 'occurred_at', type: 'timestamp', description: 'When it happened.' },
    { name: 'occurred_day', type: 'date', description: 'Business day.' },
    { name: 'channel', type: 'string', description: 'By what it passed.' },
    { name: 'direction', type: 'string', description: 'inbound or outbound.' },
    { name: 'outcome', type: 'string', description: 'What came of it.' },
    { name: 'campaign', type: 'string', description: 'Campaign; none where it names none.' },
    { name: 'initiated_by', type: 'string', description: 'Who began it.' },
    { name: 'source', type: 'string', description: 'Where the fact came from.' },
  ],
  sheets: 'none',
  byContact: true,
  through: 'occurred_day',
} as const satisfies Contract;

export const fctInteraction = defineMart({ sql, contract });
