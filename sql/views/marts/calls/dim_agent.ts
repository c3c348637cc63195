import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './dim_agent.sql';

const contract = {
  name: 'dim_agent',
  kind: 'dimension',
  answers: 'Which agents do calls and purchases name, and since when?',
  grain: ['agent'],
  columns: [
    {
      name: 'agent',
      type: 'string',
      description: 'The agent’s id; unknown or none where a row names nobody.',
    },
    { name: 'is_named', type: 'boolean', description: 'A person, not the word for nobody.' },
    { name: 'first_attempt_at', type: 'timestamp', description: 'Their first attempt.' },
    { name: 'last_attempt_at', type: 'timestamp', description: 'Their latest attempt.' },
    {
      name: 'first_sale_at',
      type: 'timestamp',
      description: 'The first purchase credited to them.',
    },
    {
      name: 'last_sale_at',
      type: 'timestamp',
      description: 'The latest purchase credited to them.',
    },
  ],
  sheets: 'none',
} as const satisfies Contract;

export const dimAgent = defineMart({ sql, contract });
