import type { Contract } from '../../../contract.ts';
import { defineMart } from '../../../mart.ts';
import { weekStart } from '../columns.ts';
import { weeklyLines } from './weekly_lines.ts';
import { rows } from './weekly_rows.ts';
import sql from './weekly_summary.sql';

const contract = {
  name: 'weekly_summary',
  kind: 'mart',
  answers: 'How did the week go, line by line, and what changed?',
  grain: ['week', 'line'],
  order: ['week_start', 'position'],
  columns: [
    { name: 'week', type: 'string', description: 'ISO week.' },
    weekStart,
    { name: 'state', type: 'string', description: 'complete, or so far for the running week.' },
    { name: 'position', type: 'integer', description: 'Place of the line in the summary (R10).' },
    { name: 'line', type: 'string', description: 'The line.' },
    { name: 'unit', type: 'string', description: 'count, rate, money, minutes or text.' },
    {
      name: 'value',
      type: 'number',
      description:
        'The figure; rates as 0–1, money in units of its currency. So are previous, change and ' +
        'target.',
    },
    {
      name: 'value_text',
      type: 'string',
      description: 'The figure as it is said, with what share of the mails or bookings it is.',
    },
    {
      name: 'numerator',
      type: 'number',
      description: 'What is counted; minutes of talk; money in minor units, which add up.',
    },
    {
      name: 'denominator',
      type: 'number',
      description: 'What it is counted over: mails sent, replies, calls, days with a send.',
    },
    { name: 'value_lo', type: 'number', description: 'Lower bound of a rate’s 95 % interval.' },
    { name: 'value_hi', type: 'number', description: 'Upper bound of a rate’s 95 % interval.' },
    { name: 'previous', type: 'number', description: 'The week before.' },
    {
      name: 'change',
      type: 'number',
      description: 'value − previous; empty for the running week.',
    },
    { name: 'target', type: 'number', description: 'What was aimed at.' },
    {
      name: 'flag',
      type: 'string',
      description:
        'How the figure stands to its target or normal range; it says so where a rate is over a ' +
        'small sample.',
    },
    {
      name: 'sentence',
      type: 'string',
      description:
        'Of three lines of a complete week: what changed, whether chance would explain it (1 in ' +
        '100 or more), what to do.',
    },
    { name: 'currency', type: 'string', description: 'Currency of a money line; empty elsewhere.' },
    {
      name: 'numerator_human',
      type: 'number',
      description: 'How much of the numerator is a person’s doing (F5): opens and clicks.',
    },
    {
      name: 'sentence_no',
      type: 'integer',
      description: 'Place of the sentence: 1 is read first.',
    },
  ],
  chartFilter: [{ column: 'state', include: ['complete'] }],
  lines: weeklyLines,
  sheets: 'all',
  isRestated: true,
  through: 'week_start',
} as const satisfies Contract;

export const weeklySummary = defineMart({ sql, contract, rows });
