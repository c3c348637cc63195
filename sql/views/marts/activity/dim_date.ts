import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import sql from './dim_date.sql';

const contract = {
  name: 'dim_date',
  kind: 'dimension',
  answers:
    'Which week, month and quarter does a business day belong to, and when does it begin and end?',
  grain: ['day'],
  columns: [
    { name: 'day', type: 'date', description: 'Day in the business time zone.' },
    { name: 'day_of_week', type: 'integer', description: '1 Monday to 7 Sunday.' },
    { name: 'week_start', type: 'date', description: 'Monday of its ISO week.' },
    { name: 'iso_week', type: 'string', description: 'ISO week (YYYY-Www).' },
    { name: 'month_start', type: 'date', description: 'First day of its month.' },
    { name: 'month', type: 'string', description: 'Month (YYYY-MM).' },
    { name: 'quarter_of_year', type: 'integer', description: '1 to 4.' },
    { name: 'year_no', type: 'integer', description: 'Calendar year.' },
    { name: 'is_business_day', type: 'boolean', description: 'The house works that day.' },
    { name: 'starts_at', type: 'timestamp', description: 'Instant at which the day begins.' },
    { name: 'ends_at', type: 'timestamp', description: 'Instant at which the next day begins.' },
    {
      name: 'is_over',
      type: 'boolean',
      description: 'The day has ended; the running one and those to come have not.',
    },
  ],
  sheets: 'none',
} as const satisfies Contract;

export const dimDate = defineMart({ sql, contract });
